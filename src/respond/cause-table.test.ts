import { describe, expect, it } from 'vitest';
import type { AlertContribution, AlertLogEvidence, Cause } from '../domain/alerts';
import { createRandom } from '../domain/random';
import { FAULTS } from '../sim/faults/registry';
import { compileLine, renderLine } from '../sim/logs/templates';
import { inferCause } from './causes';
import { MAX_EVIDENCE_LINES } from './evidence';
import { contribution, logLine } from './testing';

/** A server at work, with the robust deviation of each metric. */
const USUAL = { cpu: 35, memory: 50, disk: 20, network: 100 };
const DEVIATION = { cpu: 4, memory: 1, disk: 3, network: 12 };
const KEYS = { cpu: 'cpu_usage', memory: 'memory_usage', disk: 'disk_io', network: 'network_traffic' } as const;
const METRICS = ['cpu', 'memory', 'disk', 'network'] as const;

interface Seen {
  readonly contributions: readonly AlertContribution[];
  readonly logs: readonly AlertLogEvidence[];
}

/** What is seen of a fault at its default intensity, so many seconds after its onset, when it has its full size. */
function lookAt(id: string, elapsedS: number): Seen {
  const fault = FAULTS.find(({ spec }) => spec.id === id);
  if (fault === undefined) throw new Error(`no fault ${id}`);
  const random = createRandom(1, id);
  const params = Object.fromEntries(fault.spec.params.map((param) => [param.key, param.default]));
  const moment = { elapsedS, intensity: 0.8, requested: 0.8, growth: 1, params, before: USUAL };
  const values = { ...USUAL };
  fault.perturb(values, moment, random);
  const zOf = (metric: keyof typeof USUAL): number => (values[metric] - USUAL[metric]) / DEVIATION[metric];
  const total = METRICS.reduce((sum, metric) => sum + zOf(metric) ** 2, 0);
  const context = { random, host: 'web-01', city: 'Lisbon' };
  return {
    contributions: METRICS.map((metric) =>
      contribution(KEYS[metric], total > 0 ? zOf(metric) ** 2 / total : 0.25, zOf(metric), {
        actual: values[metric],
        typical: USUAL[metric],
        slopePerMinute: fault.spec.onset === 'step' ? 0 : ((values[metric] - USUAL[metric]) * 60) / fault.spec.onsetS,
        // As the detector tells it once a metric has stood still.
        ...(id === 'stuck-sensor' ? { stillFor: 20 } : {}),
      }),
    ),
    logs: fault.lines
      .filter((line) => line.perSecond(moment) > 0)
      .map((line) => logLine(renderLine(compileLine(line), context), line.level))
      .slice(0, MAX_EVIDENCE_LINES),
  };
}

const named = ({ contributions, logs }: Seen): Cause =>
  inferCause({
    contributions,
    logs,
    metricScore: contributions.length > 0 ? 80 : Number.NaN,
    logScore: logs.length > 0 ? 80 : Number.NaN,
    stepMs: 1000,
    earlier: [],
    previous: undefined,
  }).cause;

/** In the second in which a crash loop crashes. */
const SECONDS = 72;

/** Causes that do not go by their fault's name. */
const CAUSE_OF: Readonly<Record<string, Cause>> = {
  'cpu-hog': 'cpu-spike',
  'stuck-sensor': 'flat-line',
  'slow-creep': 'level-shift',
};

describe('every fault of the registry, seen in full', () => {
  it.each(FAULTS.map(({ spec }) => spec.id))('%s is named after what it is', (id) => {
    expect(named(lookAt(id, SECONDS))).toBe(CAUSE_OF[id] ?? id);
  });

  it.each(FAULTS.filter(({ spec }) => spec.seenIn.logs).map(({ spec }) => spec.id))(
    '%s is named after what it is by its lines alone',
    (id) => {
      expect(named({ ...lookAt(id, SECONDS), contributions: [] })).toBe(CAUSE_OF[id] ?? id);
    },
  );
});

it('tells the few that have a metric of their own by metrics alone; the rest is a busy processor, a disk, or unknown', () => {
  const rest = FAULTS.map(({ spec }) => [spec.id, named({ ...lookAt(spec.id, SECONDS), logs: [] })]);
  expect(Object.fromEntries(rest)).toEqual({
    'memory-leak': 'memory-leak',
    ddos: 'ddos',
    'stuck-sensor': 'flat-line',
    'disk-failure': 'disk-failure',
    'disk-full': 'disk-failure',
    'disk-thrashing': 'disk-failure',
    ransomware: 'disk-failure',
    'cpu-hog': 'cpu-spike',
    'crypto-mining': 'cpu-spike',
    'noisy-neighbour': 'cpu-spike',
    'bad-deploy': 'cpu-spike',
    ...Object.fromEntries(
      [
        'network-partition',
        'packet-loss',
        'dns-failure',
        'connection-pool',
        'cascading-failure',
        'crash-loop',
        'log-storm',
        'credential-stuffing',
        'data-exfiltration',
        'clock-skew',
        'slow-creep',
      ].map((id) => [id, 'unknown']),
    ),
  });
});

it('quarantines nothing that the policy did not mean: only floods and leaks by their own signs', () => {
  const quarantining = FAULTS.filter(({ spec }) =>
    [lookAt(spec.id, SECONDS), { ...lookAt(spec.id, SECONDS), logs: [] }].some((seen) =>
      ['ddos', 'memory-leak'].includes(named(seen)),
    ),
  );
  expect(quarantining.map(({ spec }) => spec.id).sort()).toEqual(['ddos', 'memory-leak']);
});
