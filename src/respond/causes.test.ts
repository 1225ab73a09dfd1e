import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AlertContribution, CAUSES } from '../domain/alerts';
import { CAUSE_RULES, type CauseEvidence, inferCause } from './causes';
import { contribution as c, logLine } from './testing';

const given = (contributions: readonly AlertContribution[], more: Partial<CauseEvidence> = {}): CauseEvidence => ({
  contributions,
  logs: [],
  metricScore: contributions.length > 0 ? 80 : Number.NaN,
  logScore: more.logs === undefined ? Number.NaN : 80,
  stepMs: 1000,
  earlier: [],
  previous: undefined,
  ...more,
});
const causeOf = (contributions: readonly AlertContribution[], more: Partial<CauseEvidence> = {}): string =>
  inferCause(given(contributions, more)).cause;

const cpu = (share: number, z: number) => c('cpu_usage', share, z);
const memory = (share: number, z: number, slopePerMinute = 0) => c('memory_usage', share, z, { slopePerMinute });
const disk = (share: number, z: number, more: Partial<AlertContribution> = {}) => c('disk_io', share, z, more);
const network = (share: number, z: number) => c('network_traffic', share, z);

describe('inferCause on metrics alone', () => {
  // Shares, robust z and slopes as the metric pipeline gives them on the simulated fleet.
  it.each([
    ['a flood that also lifts CPU and memory', [network(0.64, 134), memory(0.21, 9), cpu(0.15, 19)], 'ddos'],
    ['a flood in which CPU has the larger share', [cpu(0.55, 20), network(0.4, 15), memory(0.05, 1)], 'ddos'],
    ['a leak that climbs', [memory(0.97, 8, 6), cpu(0.02, -1), network(0.01, 0.6)], 'memory-leak'],
    ['a leak whose garbage collection lifts CPU', [cpu(0.5, 9), memory(0.45, 20, 15)], 'memory-leak'],
    ['mining: CPU alone', [cpu(0.87, 12), memory(0.12, 0.8), network(0.01, 0)], 'cpu-spike'],
    [
      'mining that takes a little memory along',
      [cpu(0.65, 10.8), memory(0.33, 4.03, 0.44), network(0.02, 0.4)],
      'cpu-spike',
    ],
    ['mining while memory wobbles', [cpu(0.8, 25), memory(0.2, 3.1, 1)], 'cpu-spike'],
    ['a thrashing disk with I/O wait', [disk(0.75, 43), cpu(0.21, 9), network(0.03, -1.6)], 'disk-failure'],
    ['a disk that collapses under CPU I/O wait', [cpu(0.6, 20), disk(0.35, -5)], 'disk-failure'],
    ['traffic that fell away', [network(0.9, -8), cpu(0.1, -2)], 'unknown'],
    ['memory that fell', [memory(1, -9, -5)], 'unknown'],
    ['small departures of everything', [cpu(0.3, 1.5), memory(0.3, 1.2), disk(0.2, 1), network(0.2, 1.4)], 'unknown'],
  ] as const)('takes %s for %s', (_, contributions, cause) => {
    expect(causeOf(contributions)).toBe(cause);
  });

  it('does not call it a leak when memory fills with what waits: then traffic and processor fall away', () => {
    const waits = [memory(0.6, 9, 6), network(0.25, -7), cpu(0.15, -5)];
    expect(causeOf(waits)).toBe('unknown');
    expect(causeOf(waits, { logs: [logLine('too many connections')] })).toBe('connection-pool');
  });

  it('does not call a step in memory a leak, but does once it grew, and keeps to it on the plateau', () => {
    const step = [memory(0.99, 6.5)];
    expect(causeOf(step)).toBe('unknown');
    expect(causeOf([memory(0.99, 9)], { earlier: step })).toBe('memory-leak');
    expect(causeOf([memory(0.99, 6.9)], { earlier: step })).toBe('unknown');
    expect(inferCause(given([memory(0.99, 30)], { previous: 'memory-leak' }))).toMatchObject({
      cause: 'memory-leak',
      rule: 'memory stays high after climbing',
    });
  });

  it('reads a collapse to nothing as a stalled disk although it is few deviations deep', () => {
    const stalled = disk(0.4, -2.4, { actual: 0.1, typical: 20 });
    expect(causeOf([stalled, cpu(0.3, 2.5)])).toBe('disk-failure');
  });

  it('works on files whose metrics have other names, idle and free ones turned', () => {
    expect(causeOf([c('NetworkIn', 0.8, 20), c('CPUUtilization', 0.2, 5)])).toBe('ddos');
    expect(causeOf([c('cpu_idle', 0.9, -12)])).toBe('cpu-spike');
    expect(causeOf([c('MemAvailable', 0.9, -12, { actual: 16, slopePerMinute: -10 })])).toBe('memory-leak');
    expect(causeOf([c('m01', 0.9, 20)])).toBe('unknown');
  });

  it('takes metrics that repeat one value for a stuck sensor, by what they weigh', () => {
    const still = { stillFor: 30 };
    expect(causeOf([c('memory_usage', 0.6, 0.2, still), c('cpu_usage', 0.4, 0, still)])).toBe('flat-line');
    expect(causeOf([network(0.95, 30), c('memory_usage', 0.05, 0, still)])).toBe('ddos');
  });

  it('takes a level that shifted while its value stayed near typical for a level shift, unless a line says what it is', () => {
    const shifted = (z: number) => [c('cpu_usage', 0.9, z, { shift: { by: 9, samples: 600 } }), memory(0.1, 0)];
    expect(causeOf(shifted(0.6))).toBe('level-shift');
    expect(causeOf(shifted(12))).toBe('cpu-spike');
    const logs = [logLine('vfs: write failed: No space left on device', 'error')];
    expect(causeOf(shifted(0.6), { logs })).toBe('disk-full');
  });

  it('does not read metrics that the detector did not speak on', () => {
    expect(causeOf([network(0.9, 20)], { metricScore: 10 })).toBe('unknown');
  });
});

describe('inferCause with log lines', () => {
  it('lets words name the cause when the metrics say nothing', () => {
    expect(causeOf([], { logs: [logLine('Possible SYN flooding on port 80')] })).toBe('ddos');
    expect(causeOf([], { logs: [logLine('spawned xmrig', 'warning')] })).toBe('crypto-mining');
  });

  it('lets words tell I/O wait from mining', () => {
    const waiting = [cpu(0.85, 20), disk(0.15, -2.2)];
    expect(causeOf(waiting)).toBe('cpu-spike');
    expect(causeOf(waiting, { logs: [logLine('Buffer I/O error on dev sda1')] })).toBe('disk-failure');
  });

  it('tells a miner from any other busy process, also when one line is all there is', () => {
    const busy = [cpu(0.9, 20)];
    expect(causeOf(busy)).toBe('cpu-spike');
    expect(causeOf(busy, { logs: [logLine('load average: 24.1', 'warning')] })).toBe('cpu-spike');
    expect(causeOf(busy, { logs: [logLine('spawned /tmp/xmrig', 'warning')] })).toBe('crypto-mining');
  });

  it('lets two lines of another cause outweigh the metrics that move along', () => {
    const busy = [network(0.6, 20), cpu(0.4, 9)];
    const open = logLine('circuit breaker for orders is open');
    expect(causeOf(busy)).toBe('ddos');
    expect(causeOf(busy, { logs: [open, logLine('retry budget exhausted')] })).toBe('cascading-failure');
  });

  it('needs errors, or two kinds of wording, to blame a release', () => {
    const release = logLine('deploy: release 4.2 activated', 'info');
    expect(causeOf([], { logs: [release] })).toBe('unknown');
    expect(causeOf([], { logs: [release, logLine('TypeError: x is not a function')] })).toBe('bad-deploy');
  });

  it('calls too many harmless lines a storm, unless they tell of something', () => {
    const notes = ['burst: about 80 such lines from this device in the last 10 s'];
    expect(causeOf([], { logs: [logLine('reconnecting to broker', 'warning', { notes })] })).toBe('log-storm');
    expect(causeOf([], { logs: [logLine('reconnecting to broker', 'warning')] })).toBe('unknown');
    expect(causeOf([], { logs: [logLine('Failed password for root', 'info', { notes })] })).toBe('credential-stuffing');
  });

  it('does not let one stray line overrule what the metrics say clearly', () => {
    expect(causeOf([cpu(0.9, 20)], { logs: [logLine('OutOfMemoryError in a sandbox')] })).toBe('cpu-spike');
    expect(causeOf([network(0.7, 30), cpu(0.3, 10)], { logs: [logLine('Buffer I/O error')] })).toBe('ddos');
  });

  it('names metrics and words together when they agree', () => {
    const verdict = inferCause(given([network(0.7, 30)], { logs: [logLine('SYN flood')] }));
    expect(verdict.rule).toBe('network far above typical; log lines tell of a network flood');
  });

  it('calls lines of level error or critical a log error when neither words nor metrics say more', () => {
    expect(causeOf([], { logs: [logLine('payment ledger mismatch', 'critical')] })).toBe('log-error');
    expect(causeOf([], { logs: [logLine('payment ledger mismatch', 'info')] })).toBe('unknown');
    expect(causeOf([cpu(0.9, 20)], { logs: [logLine('payment ledger mismatch')], logScore: 60 })).toBe('cpu-spike');
  });
});

describe('the registry', () => {
  it('has a rule for each cause but unknown, and no name twice', () => {
    expect(new Set(CAUSE_RULES.map((rule) => rule.cause))).toEqual(
      new Set(CAUSES.filter((cause) => cause !== 'unknown')),
    );
    expect(new Set(CAUSE_RULES.map((rule) => rule.name)).size).toBe(CAUSE_RULES.length);
  });

  const odd = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 1e308, -1e308));
  const anyContribution = fc.record({
    metric: fc.oneof(fc.string(), fc.constantFrom('cpu', 'mem', 'disk_io', 'net_in', 'mem_free')),
    label: fc.string(),
    unit: fc.string(),
    share: odd,
    actual: odd,
    typical: odd,
    z: odd,
    slopePerMinute: odd,
  });

  it('gives a cause with a rule in words for any numbers', () => {
    fc.assert(
      fc.property(fc.array(anyContribution, { maxLength: 8 }), odd, (contributions, metricScore) => {
        const verdict = inferCause(given(contributions, { metricScore }));
        expect(CAUSES).toContain(verdict.cause);
        expect(verdict.rule).not.toBe('');
      }),
    );
  });

  it('does not depend on the order of contributions', () => {
    const exact = fc.record({
      key: fc.constantFrom('cpu', 'mem', 'disk_io', 'net_in'),
      share: fc.nat(64),
      z: fc.integer({ min: -20, max: 40 }),
    });
    fc.assert(
      fc.property(fc.array(exact, { maxLength: 8 }), (parts) => {
        const contributions = parts.map(({ key, share, z }) => c(key, share / 64, z, { slopePerMinute: z }));
        expect(inferCause(given([...contributions].reverse()))).toEqual(inferCause(given(contributions)));
      }),
    );
  });
});
