import { describe, expect, test } from 'vitest';
import { growthOf } from '../../domain/faults';
import { ownParams } from '../../domain/injection-request';
import { checkParam, defaultParams } from '../../domain/params';
import { createRandom } from '../../domain/random';
import { SEVERITIES } from '../../domain/scores';
import { logMessage } from '../../domain/telemetry';
import { boundValues } from '../bounds';
import { compileLine } from '../logs/templates';
import { injectInto, mean, seriesOf, startSimulator } from '../testing';
import type { Fault, FaultMoment } from './contract';
import { FAULT_SPECS, FAULTS, findFault } from './registry';

const TYPICAL = { cpu: 30, memory: 50, disk: 20, network: 100 };
const [CPU, MEMORY, DISK, NETWORK] = [0, 1, 2, 3];
const DEVICE = 3;
/** Devices of the fleet that the comparisons run on: small, since creeping faults take an hour. */
const DEVICES = 7;

/** A moment of a fault with its natural onset and its default params. */
function momentOf(fault: Fault, elapsedS: number, requested: number): FaultMoment {
  const growth = growthOf({ shape: fault.spec.onset, seconds: fault.spec.onsetS }, elapsedS);
  const params = defaultParams(ownParams(fault.spec));
  return { elapsedS, growth, requested, intensity: requested * Math.min(1, growth), params, before: TYPICAL };
}

/** One device's metrics and lines without and with the fault, over the seconds of the fault. */
function compare(fault: string, intensity: number, seconds: number) {
  const calm = startSimulator({ deviceCount: DEVICES });
  const hit = startSimulator({ deviceCount: DEVICES });
  calm.pull(60);
  hit.pull(60);
  injectInto(hit, DEVICE, fault, intensity, seconds);
  const without = calm.pull(seconds);
  const batch = hit.pull(seconds);
  const messages = Array.from({ length: batch.logs.n }, (_, i) => i)
    .filter((i) => batch.logs.device[i] === DEVICE)
    .map((i) => logMessage(batch.logs, i));
  return {
    calmly: (metric: number) => seriesOf(without, DEVICE, metric),
    during: (metric: number) => seriesOf(batch, DEVICE, metric),
    messages,
  };
}

test('at least twenty faults are there, each found by its id', () => {
  const ids = FAULT_SPECS.map((spec) => spec.id);
  expect(new Set(ids).size).toBeGreaterThanOrEqual(20);
  expect(new Set(ids).size).toBe(ids.length);
  for (const fault of FAULTS) expect(findFault(fault.spec.id)).toBe(fault);
  expect(findFault('nope')).toBeUndefined();
  expect(findFault('constructor')).toBeUndefined();
});

test('nothing that quarantines by policy happens by itself', () => {
  expect(FAULTS.filter((fault) => fault.ambient).map((fault) => fault.spec.id)).toEqual([
    'crypto-mining',
    'disk-failure',
  ]);
});

describe.each(FAULTS.map((fault) => [fault.spec.id, fault] as const))('fault %s', (id, fault) => {
  const { spec } = fault;

  test('describes itself completely', () => {
    expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
    for (const text of [spec.label, spec.description, spec.signature]) expect(text.length).toBeGreaterThan(5);
    expect(SEVERITIES).toContain(spec.severity);
    expect(spec.params.slice(0, 2).map((param) => param.key)).toEqual(['intensity', 'duration']);
    for (const param of spec.params) {
      expect(checkParam(param, param.default).ok).toBe(true);
      expect(param.help.length * param.label.length).toBeGreaterThan(0);
    }
    expect(spec.onset === 'step').toBe(spec.onsetS === 0);
    const [, duration] = spec.params;
    expect(spec.onsetS).toBeLessThan(duration.default);
    for (const key of [spec.spread?.shareKey, spec.spread?.delayKey]) {
      if (key !== undefined) expect(spec.params.map((param) => param.key)).toContain(key);
    }
    expect(spec.seenIn.metrics || spec.seenIn.logs).toBe(true);
  });

  test('its lines compile and their rates are finite, not negative and not beyond what is drawn', () => {
    expect(fault.lines.length > 0).toBe(spec.seenIn.logs);
    for (const line of fault.lines) {
      compileLine(line);
      for (const intensity of [0.05, 0.8, 1]) {
        for (let elapsedS = 0; elapsedS < 300; elapsedS += 7) {
          const rate = line.perSecond(momentOf(fault, elapsedS, intensity));
          expect(rate).toBeGreaterThanOrEqual(0);
          expect(rate).toBeLessThanOrEqual(10);
        }
      }
    }
  });

  test('keeps values finite at any moment and draws from its stream only', () => {
    for (const intensity of [Number.MIN_VALUE, 0.05, 0.8, 1]) {
      for (const elapsedS of [0, 1, 59, 86_399]) {
        const run = () => {
          const values = { ...TYPICAL };
          fault.perturb(values, momentOf(fault, elapsedS, intensity), createRandom(1));
          return values;
        };
        const values = run();
        for (const value of Object.values(values)) expect(Number.isFinite(value)).toBe(true);
        expect(run()).toEqual(values);
        boundValues(values);
        if (!spec.seenIn.metrics) expect(values).toEqual(TYPICAL);
      }
    }
  });

  test('any params within their ranges keep values finite, at both ends', () => {
    for (const end of ['min', 'max'] as const) {
      const params = Object.fromEntries(ownParams(spec).map((param) => [param.key, param[end]]));
      const values = { ...TYPICAL };
      fault.perturb(values, { ...momentOf(fault, 500, 1), params }, createRandom(1));
      for (const value of Object.values(values)) expect(Number.isFinite(value)).toBe(true);
    }
  });

  test('changes its device as its signature says, less at a lower intensity, and speaks in the log when it does', () => {
    const window = spec.onsetS + 60;
    const strong = compare(id, 0.8, window);
    const weak = compare(id, 0.05, window);
    const departure = (series: typeof strong): number => {
      const last = [CPU, MEMORY, DISK, NETWORK].map((metric) => {
        const usual = series.calmly(metric).slice(-30);
        const moved = series.during(metric).slice(-30);
        return mean(moved.map((value, i) => Math.abs(value - usual[i]))) / (1 + mean(usual));
      });
      return Math.max(...last);
    };
    if (spec.seenIn.metrics) {
      expect(departure(strong)).toBeGreaterThan(0.05);
      expect(departure(weak)).toBeLessThan(departure(strong));
    } else {
      expect(departure(strong)).toBe(0);
    }
    const words = fault.lines.map((line) => line.text.split('{')[0]);
    const spoken = strong.messages.filter((message) => words.some((word) => word !== '' && message.startsWith(word)));
    expect(spoken.length > 0).toBe(spec.seenIn.logs);
  });
});

describe('what each fault does at default intensity', () => {
  test('a memory leak climbs in a straight line to about 99 % in 50 s and stays there', () => {
    const { calmly, during, messages } = compare('memory-leak', 0.8, 120);
    const memory = during(MEMORY);
    const half = mean(calmly(MEMORY)) + (99 - mean(calmly(MEMORY))) / 2;
    expect(Math.abs(memory[24] - half)).toBeLessThan(3);
    expect(memory.slice(10, 49).every((value, i) => value > memory[i])).toBe(true);
    expect(Math.min(...memory.slice(60))).toBeGreaterThan(97);
    expect(mean(during(CPU).slice(60))).toBeGreaterThan(mean(calmly(CPU).slice(60)) + 15);
    expect(messages.some((message) => message.includes('GC overhead'))).toBe(true);
    expect(messages.some((message) => message.includes('OutOfMemoryError'))).toBe(true);
  });

  test('a leak of higher intensity fills memory sooner, a weak one too in the end', () => {
    const full = (intensity: number) =>
      compare('memory-leak', intensity, 110)
        .during(MEMORY)
        .findIndex((v) => v > 97);
    expect(full(1)).toBeLessThan(full(0.8));
    expect(full(0.8)).toBeLessThan(full(0.4));
  });

  test('a flood multiplies network by 10 to 20 at once and lifts CPU', () => {
    const { calmly, during, messages } = compare('ddos', 0.8, 60);
    const ratios = during(NETWORK).map((value, i) => value / calmly(NETWORK)[i]);
    expect(ratios[0]).toBeGreaterThan(10);
    expect(Math.abs(mean(ratios) - 15)).toBeLessThan(2);
    expect(mean(during(CPU))).toBeGreaterThan(mean(calmly(CPU)) + 20);
    expect(messages.filter((message) => message.includes('SYN flooding')).length).toBeGreaterThan(20);
  });

  test('a miner holds CPU flat above 95 % and hardly moves the rest', () => {
    const { calmly, during, messages } = compare('crypto-mining', 0.8, 60);
    expect(Math.min(...during(CPU).slice(3))).toBeGreaterThan(95);
    expect(Math.max(...during(CPU).slice(3)) - Math.min(...during(CPU).slice(3))).toBeLessThan(4);
    expect(Math.abs(mean(during(NETWORK)) - mean(calmly(NETWORK)))).toBeLessThan(2);
    expect(messages.some((message) => message.includes('stratum+tcp'))).toBe(true);
  });

  test('a failing disk thrashes, then collapses, and the CPU waits', () => {
    const { calmly, during, messages } = compare('disk-failure', 0.8, 60);
    const usual = mean(calmly(DISK));
    expect(mean(during(DISK).slice(0, 14))).toBeGreaterThan(5 * usual);
    expect(mean(during(DISK).slice(14, 20))).toBeLessThan(0.4 * usual);
    expect(mean(during(CPU))).toBeGreaterThan(mean(calmly(CPU)) + 15);
    expect(messages.some((message) => message.includes('I/O error'))).toBe(true);
    expect(messages.some((message) => message.includes('EXT4-fs error'))).toBe(true);
  });

  test('a stuck sensor repeats its last values exactly, at a low intensity only those of memory', () => {
    const all = compare('stuck-sensor', 0.8, 40);
    for (const metric of [CPU, MEMORY, DISK, NETWORK]) expect(new Set(all.during(metric)).size).toBe(1);
    const one = compare('stuck-sensor', 0.2, 40);
    expect(new Set(one.during(MEMORY)).size).toBe(1);
    expect(one.during(CPU)).toEqual(one.calmly(CPU));
  });

  test('a partition takes the network away', () => {
    const { calmly, during } = compare('network-partition', 0.8, 60);
    expect(mean(during(NETWORK))).toBeLessThan(0.08 * mean(calmly(NETWORK)));
    expect(mean(during(CPU))).toBeLessThan(mean(calmly(CPU)));
  });

  test('a full disk first works more, then writes next to nothing', () => {
    const { calmly, during, messages } = compare('disk-full', 0.8, 1400);
    expect(mean(during(DISK).slice(700, 1000))).toBeGreaterThan(1.2 * mean(calmly(DISK).slice(700, 1000)));
    expect(mean(during(DISK).slice(1200))).toBeLessThan(0.4 * mean(calmly(DISK).slice(1200)));
    expect(messages.some((message) => message.includes('No space left on device'))).toBe(true);
  });

  test('a slow creep adds 28 points of CPU at full size, a quarter of it at half of its time', () => {
    const { calmly, during } = compare('slow-creep', 1, 3700);
    const added = during(CPU).map((value, i) => value - calmly(CPU)[i]);
    expect(Math.abs(mean(added.slice(3610, 3690)) - 28)).toBeLessThan(1);
    expect(Math.abs(mean(added.slice(1790, 1810)) - 7)).toBeLessThan(0.5);
  });
});
