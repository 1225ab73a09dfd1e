import { expect, it } from 'vitest';
import { type LogLevel, packLogLines } from '../domain/telemetry';
import { isHeardOf, noteCompany } from './company';

const THRESHOLD = 5;
const AT = 1_000_000;

const createRun = () => ({ spokeAt: Float64Array.of(Number.NEGATIVE_INFINITY) });

function heardAfter(level: LogLevel, rarity: number): boolean {
  const run = createRun();
  const logs = packLogLines([{ t: AT, device: 0, level, message: 'm' }]);
  const logVerdicts = { rarity: Float32Array.of(rarity) };
  noteCompany(run, { t: AT, device: 0, lines: [0] }, { logs, logVerdicts }, THRESHOLD);
  return isHeardOf(run, 0, AT);
}

it('hears of trouble in a line that alarms by itself, whatever its level', () => {
  expect(heardAfter('info', 5)).toBe(true);
  expect(heardAfter('unknown', 5)).toBe(true);
  expect(heardAfter('info', 4.9)).toBe(false);
});

it('hears of it from level warning on in one that is half of an alarm: what is new and no warning only tells what goes on', () => {
  expect(heardAfter('warning', 3.54)).toBe(true);
  expect(heardAfter('critical', 3.54)).toBe(true);
  expect(heardAfter('warning', 3.53)).toBe(false);
  expect(heardAfter('unknown', 3.54)).toBe(false);
});

it('remembers it for a quarter of an hour; a device whose lines never spoke was not heard of', () => {
  const run = createRun();
  expect(isHeardOf(run, 0, AT)).toBe(false);
  run.spokeAt[0] = AT;
  expect(isHeardOf(run, 0, AT + 900_000)).toBe(true);
  expect(isHeardOf(run, 0, AT + 900_001)).toBe(false);
});
