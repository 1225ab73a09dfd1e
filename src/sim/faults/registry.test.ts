import { describe, expect, test } from 'vitest';
import { growthOf } from '../../domain/faults';
import { ownParams } from '../../domain/injection-request';
import { checkParam, defaultParams } from '../../domain/params';
import { createRandom } from '../../domain/random';
import { SEVERITIES } from '../../domain/scores';
import { logMessage } from '../../domain/telemetry';
import { compileLine } from '../logs/templates';
import { injectInto, mean, seriesOf, startSimulator } from '../testing';
import type { Fault, FaultMoment } from './contract';
import { FAULT_SPECS, FAULTS, findFault } from './registry';

const TYPICAL = { cpu: 30, memory: 50, disk: 20, network: 100 };
const [CPU, MEMORY, DISK, NETWORK] = [0, 1, 2, 3];
const DEVICE = 3;

/** A moment of a fault with its natural onset and its default params. */
function momentOf(fault: Fault, elapsedS: number, requested: number): FaultMoment {
  const growth = growthOf({ shape: fault.spec.onset, seconds: fault.spec.onsetS }, elapsedS);
  const params = defaultParams(ownParams(fault.spec));
  return { elapsedS, growth, requested, intensity: requested * Math.min(1, growth), params, before: TYPICAL };
}

/** One device's metrics without and with the fault, over the seconds of the fault. */
function compare(fault: string, intensity: number, seconds: number) {
  const calm = startSimulator();
  calm.pull(60);
  const hit = startSimulator();
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

test('the four faults are there, each found by its id', () => {
  expect(FAULT_SPECS.map((spec) => spec.id)).toEqual(['memory-leak', 'ddos', 'crypto-mining', 'disk-failure']);
  for (const fault of FAULTS) expect(findFault(fault.spec.id)).toBe(fault);
  expect(findFault('nope')).toBeUndefined();
});

test('nothing that quarantines by policy happens by itself', () => {
  expect(FAULTS.filter((fault) => fault.ambient).map((fault) => fault.spec.id)).toEqual([
    'crypto-mining',
    'disk-failure',
  ]);
});

describe.each(FAULTS.map((fault) => [fault.spec.id, fault] as const))('fault %s', (id, fault) => {
  test('describes itself completely', () => {
    const { label, description, signature, severity, params } = fault.spec;
    expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
    for (const text of [label, description, signature]) expect(text.length).toBeGreaterThan(5);
    expect(SEVERITIES).toContain(severity);
    expect(params.map((param) => param.key)).toEqual(['intensity', 'duration']);
    for (const param of params) expect(checkParam(param, param.default).ok).toBe(true);
  });

  test('its lines compile and their rates are finite, not negative and not a storm', () => {
    expect(fault.lines.length).toBeGreaterThan(0);
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
        for (const value of Object.values(run())) expect(Number.isFinite(value)).toBe(true);
        expect(run()).toEqual(run());
      }
    }
  });

  test('is clearly visible at default intensity within 15 s (a leak: by half of its climb), subtle at the lowest', () => {
    const window = id === 'memory-leak' ? 25 : 15;
    const departure = (intensity: number): number => {
      const { calmly, during } = compare(id, intensity, window);
      const reached = [CPU, MEMORY, DISK, NETWORK].map((metric) => {
        const usual = calmly(metric);
        const spread = Math.sqrt(mean(usual.map((value) => (value - mean(usual)) ** 2))) + 0.02 * mean(usual);
        return Math.abs(mean(during(metric).slice(-5)) - mean(usual.slice(-5))) / spread;
      });
      return Math.max(...reached);
    };
    expect(departure(0.8)).toBeGreaterThan(8);
    expect(departure(0.05)).toBeLessThan(4);
  });

  test('speaks in the log within 15 s at default intensity', () => {
    const { messages } = compare(id, 0.8, id === 'memory-leak' ? 25 : 15);
    const words = fault.lines.map((line) => line.text.split('{')[0]);
    expect(messages.some((message) => words.some((word) => message.startsWith(word)))).toBe(true);
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

  test('a leak of higher intensity fills memory sooner', () => {
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
});
