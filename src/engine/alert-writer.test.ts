import { expect, it } from 'vitest';
import type { Alert } from '../domain/alerts';
import { alertId } from '../domain/ids';
import { createAlertWriter } from './alert-writer';

const alert = (changes: Partial<Alert>): Alert =>
  ({ id: alertId('a'), state: 'ongoing', severity: 'minor', cause: 'unknown', peakScore: 50, ...changes }) as Alert;

it('writes at once what a person would notice, and lets a creeping peak wait for half a second', async () => {
  let now = 1000;
  const puts: number[][] = [];
  const writer = createAlertWriter(
    () => now,
    async (alerts) => {
      puts.push(alerts.map((one) => one.peakScore));
    },
  );
  await writer.write([alert({ peakScore: 50 })]);
  await writer.write([alert({ peakScore: 51 })]);
  await writer.write([alert({ peakScore: 52 })]);
  expect(puts).toEqual([[50]]);
  now += 500;
  await writer.write([]);
  expect(puts).toEqual([[50], [52]]);
  await writer.write([alert({ peakScore: 90, severity: 'critical' })]);
  expect(puts).toEqual([[50], [52], [90]]);
  writer.clear();
  now += 500;
  await writer.write([]);
  expect(puts).toHaveLength(3);
});
