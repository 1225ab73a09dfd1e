import type { Alert } from '../domain/alerts';
import type { Decision } from '../domain/decisions';
import type { Injection } from '../domain/faults';
import { alertId, decisionId, deviceId, incidentId, injectionId, modelId, runId } from '../domain/ids';
import type { ModelKind, SavedModel } from '../domain/models';
import type { LogChunk, OwnScenario, RunRecord, TelemetryChunk } from '../domain/records';

/** Small records of every kind for contract checks. Numbers are easy to follow: chunk `seq` covers [seq * 1000, seq * 1000 + 999]. */
export const RUN = runId('run-1');
export const OTHER_RUN = runId('run-2');
/** Bytes of columns in one sample chunk and one log chunk of this file. */
export const TELEMETRY_BYTES = 3 * (8 + 2 + 2 * 4 + 3 * 4 + 1);
export const LOG_BYTES = 2 * (8 + 2 + 1 + 4 + 4) + 5 + 3 * 4;

export function sampleTelemetry(seq: number, run = RUN): TelemetryChunk {
  const start = seq * 1000;
  return {
    runId: run,
    seq,
    n: 3,
    from: start,
    to: start + 999,
    t: Float64Array.of(start, start + 500, start + 999),
    device: Uint16Array.of(0, 1, 65535),
    metrics: [Float32Array.of(1.5, Number.NaN, 3), Float32Array.of(-0, Number.POSITIVE_INFINITY, seq)],
    metricScore: Float32Array.of(Number.NaN, 10, 100),
    logScore: Float32Array.of(0, 0.1, 0.2),
    score: Float32Array.of(1, 2, 3),
    flagged: Uint8Array.of(0, 0, 1),
  };
}

/** Two lines: `ab` and `ü!` (three bytes). */
export function sampleLogs(seq: number, run = RUN): LogChunk {
  const start = seq * 1000;
  return {
    runId: run,
    seq,
    n: 2,
    from: start,
    to: start + 999,
    t: Float64Array.of(start, start + 999),
    device: Uint16Array.of(0, 1),
    level: Uint8Array.of(1, 4),
    bytes: Uint8Array.of(0x61, 0x62, 0xc3, 0xbc, 0x21),
    offsets: Uint32Array.of(0, 2, 5),
    template: Uint32Array.of(7, 4_294_967_295),
    score: Float32Array.of(Number.NaN, 99.5),
  };
}

/** Opaque to the store: any plain values and typed arrays. */
export const SAMPLE_BOARD = { counted: Uint32Array.of(3, 4_294_967_295), from: Number.NaN, events: [{ device: 1 }] };

export function sampleScenario(key: string, keptAt: number): OwnScenario {
  return { key, keptAt, text: `{"name":"${key}"}` };
}

export function sampleRun(run = RUN, startedAt = 1000): RunRecord {
  return {
    runId: run,
    kind: 'fleet',
    label: 'fleet, seed 1',
    seed: 1,
    startedAt,
    savedAt: startedAt + 1,
    catalog: {
      devices: [
        {
          id: deviceId('d1'),
          name: '<b>web-1</b>',
          region: 'eu',
          city: 'Zürich',
          country: 'CH',
          latitude: 47.4,
          longitude: Number.NaN,
          role: 'web',
        },
      ],
      metrics: [{ key: 'disk_io', label: 'Disk I/O', unit: 'MB/s', min: 0, max: Number.POSITIVE_INFINITY }],
    },
    checkpoint: { step: 12, state: Uint32Array.of(1, 2, 3), nested: [{ $f32: 'a key that looks like a tag' }] },
    counters: { samples: 12 },
  };
}

export function sampleAlert(id: string, openedAt: number, run = RUN): Alert {
  return {
    id: alertId(id),
    runId: run,
    incidentId: incidentId(`incident of ${id}`),
    deviceId: deviceId('d1'),
    deviceName: 'web-1',
    openedAt,
    lastAt: openedAt + 5,
    closedAt: undefined,
    state: 'ongoing',
    acknowledged: false,
    cause: 'memory-leak',
    causeRule: 'memory climbs',
    severity: 'critical',
    peakScore: 97.5,
    peakAt: openedAt + 1,
    hybrid: 1.4,
    alarmAt: 1,
    metricScore: 97.5,
    logScore: Number.NaN,
    flagged: 3,
    contributions: [
      {
        metric: 'memory_usage',
        label: 'Memory',
        unit: '%',
        share: 1,
        actual: 93,
        typical: 41,
        z: 9.5,
        slopePerMinute: 4,
      },
    ],
    logs: [
      {
        t: openedAt,
        level: 'critical',
        message: 'out of memory: <script>alert(1)</script>',
        template: 'out of memory: <*>',
        score: 88,
        words: [{ word: 'memory', share: 0.5 }],
        notes: [],
      },
    ],
    reason: 'Memory 93 % against a typical 41 %.',
    remedy: ['restart the process'],
  };
}

export function sampleDecision(id: string, decidedAt: number, type: Decision['type'] = 'quarantine'): Decision {
  return {
    id: decisionId(id),
    runId: RUN,
    deviceId: deviceId('d1'),
    deviceName: 'web-1',
    type,
    origin: 'policy',
    reason: 'critical memory leak',
    at: decidedAt,
    decidedAt,
    durationMs: undefined,
    strikes: 1,
    evidence: alertId('a1'),
    simulated: false,
  };
}

export function sampleInjection(id: string, from: number): Injection {
  return {
    id: injectionId(id),
    group: 'memory-leak@1',
    fault: 'memory-leak',
    faultLabel: 'Memory leak',
    deviceId: deviceId('d1'),
    deviceName: 'web-1',
    origin: { id: 'eu', city: 'Zürich', country: 'CH', latitude: 47.4, longitude: 8.5 },
    intensity: 0.8,
    onset: { shape: 'ramp', seconds: 50 },
    params: {},
    from,
    to: from + 60_000,
    status: 'running',
    note: '',
    by: 'operator',
  };
}

export function sampleModel(kind: ModelKind, version: number): SavedModel {
  return {
    info: {
      id: modelId(`${kind}-${version}`),
      kind,
      version,
      origin: 'trained',
      trainedAt: 1_000_000 + version,
      appVersion: '0.1.0',
      seed: 1,
      rows: 5000,
      windowFrom: 0,
      windowTo: 5000,
      metricKeys: kind === 'metrics' ? ['cpu_usage'] : [],
      featureNames: ['cpu_usage', 'cpu_usage change'],
      rawThreshold: 0.62,
      params: { trees: 100, detector: 'isolation-forest' },
      trainedOn: 'fleet',
      active: true,
    },
    content: {
      forest: { feature: Int32Array.of(0, -1, -1), threshold: Float32Array.of(0.1, -0, 1e-45) },
      text: 'lone surrogate \ud800, quote ", backslash \\',
      deep: [[1, [2.5, [null, true]]]],
      version,
    },
  };
}
