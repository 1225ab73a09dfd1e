import * as v from 'valibot';
import { type Alert, CAUSES } from '../domain/alerts';
import type { Decision } from '../domain/decisions';
import { type Injection, ONSET_SHAPES } from '../domain/faults';
import { parseModelVersion } from '../domain/model-version';
import type { ModelVersion } from '../domain/models';
import type { LogChunk, OwnScenario, RunRecord, TelemetryChunk } from '../domain/records';
import { err, ok, type Result } from '../domain/result';
import { SEVERITIES } from '../domain/scores';
import { LOG_LEVELS } from '../domain/telemetry';

/** Makes a checked record of what came from IndexedDB or a backup. Errors: `record` naming the field and what stands there. */
export type Parse<T> = (input: unknown) => Result<T, 'record'>;

const finite = v.pipe(v.number(), v.finite());
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Also NaN and the infinities, which mean something in scores, bounds and places. */
const anyNumber = v.custom<number>((input) => typeof input === 'number', 'must be a number');
const name = v.pipe(v.string(), v.nonEmpty());
const bytes = v.instance(Uint8Array);
const float32 = v.instance(Float32Array);
const float64 = v.instance(Float64Array);
const uint16 = v.instance(Uint16Array);
const uint32 = v.instance(Uint32Array);

const region = v.object({
  id: v.string(),
  city: v.string(),
  country: v.string(),
  latitude: anyNumber,
  longitude: anyNumber,
});
const device = v.object({
  id: name,
  name: v.string(),
  region: v.string(),
  city: v.string(),
  country: v.string(),
  latitude: anyNumber,
  longitude: anyNumber,
  role: v.string(),
});
const metric = v.object({
  key: name,
  label: v.string(),
  unit: v.string(),
  min: anyNumber,
  max: anyNumber,
  breachAt: v.optional(finite),
});

export const parseRun: Parse<RunRecord> = parser(
  v.object({
    runId: name,
    kind: v.picklist(['fleet', 'file']),
    label: v.string(),
    seed: finite,
    startedAt: finite,
    savedAt: finite,
    catalog: v.object({ devices: v.array(device), metrics: v.array(metric) }),
    // Opaque here: the source that wrote it checks it.
    checkpoint: v.optional(v.unknown()),
    counters: v.record(v.string(), anyNumber),
    speed: v.optional(finite),
    paused: v.optional(v.boolean()),
  }),
);

export const parseOwnScenario: Parse<OwnScenario> = parser(v.object({ key: name, keptAt: finite, text: name }));

const contribution = v.object({
  metric: v.string(),
  label: v.string(),
  unit: v.string(),
  share: anyNumber,
  actual: anyNumber,
  typical: anyNumber,
  z: anyNumber,
  slopePerMinute: anyNumber,
  since: v.optional(anyNumber),
  stillFor: v.optional(anyNumber),
  shift: v.optional(v.object({ by: anyNumber, samples: anyNumber })),
  peers: v.optional(v.object({ count: anyNumber, z: anyNumber })),
  features: v.optional(v.array(v.object({ name: v.string(), share: anyNumber, value: anyNumber }))),
});
const logEvidence = v.object({
  t: anyNumber,
  level: v.picklist(LOG_LEVELS),
  message: v.string(),
  template: v.string(),
  score: anyNumber,
  words: v.array(v.object({ word: v.string(), share: anyNumber })),
  notes: v.array(v.string()),
});

export const parseAlert: Parse<Alert> = parser(
  v.object({
    id: name,
    runId: name,
    incidentId: v.string(),
    deviceId: name,
    deviceName: v.string(),
    openedAt: finite,
    lastAt: finite,
    closedAt: v.optional(finite),
    state: v.picklist(['ongoing', 'resolved', 'expired']),
    acknowledged: v.boolean(),
    cause: v.picklist(CAUSES),
    causeRule: v.string(),
    severity: v.picklist(SEVERITIES),
    peakScore: anyNumber,
    peakAt: anyNumber,
    hybrid: anyNumber,
    alarmAt: anyNumber,
    metricScore: anyNumber,
    logScore: anyNumber,
    members: v.optional(
      v.array(
        v.object({
          id: v.string(),
          model: v.picklist(['metrics', 'logs']),
          label: v.string(),
          score: anyNumber,
          flagged: v.boolean(),
        }),
      ),
    ),
    confidence: v.optional(anyNumber),
    flagged: whole,
    contributions: v.array(contribution),
    logs: v.array(logEvidence),
    reason: v.string(),
    remedy: v.array(v.string()),
  }),
);

export const parseDecision: Parse<Decision> = parser(
  v.object({
    id: name,
    runId: name,
    deviceId: name,
    deviceName: v.string(),
    type: v.picklist(['quarantine', 'release']),
    origin: v.picklist(['policy', 'operator', 'import']),
    reason: v.string(),
    at: finite,
    decidedAt: finite,
    durationMs: v.optional(finite),
    strikes: whole,
    evidence: v.optional(v.string()),
    simulated: v.boolean(),
  }),
);

export const parseInjection: Parse<Injection> = parser(
  v.object({
    id: name,
    // Records of earlier versions have no group, onset and params: each was a group of its own, and came at once.
    group: v.optional(v.string(), ''),
    fault: v.string(),
    faultLabel: v.string(),
    deviceId: name,
    deviceName: v.string(),
    origin: region,
    intensity: finite,
    onset: v.optional(v.object({ shape: v.picklist(ONSET_SHAPES), seconds: finite }), { shape: 'step', seconds: 0 }),
    params: v.optional(v.record(v.string(), finite), {}),
    from: finite,
    to: finite,
    status: v.picklist(['scheduled', 'running', 'ended', 'stopped', 'refused']),
    note: v.string(),
    by: v.picklist(['operator', 'ambient', 'scenario']),
    joinedAt: v.optional(finite),
  }),
);

const chunkHead = { runId: name, seq: whole, n: whole, from: finite, to: finite, t: float64, device: uint16 };
const telemetryColumns = parser<TelemetryChunk>(
  v.object({
    ...chunkHead,
    metrics: v.array(float32),
    metricScore: float32,
    logScore: float32,
    score: float32,
    flagged: bytes,
  }),
);
const logColumns = parser<LogChunk>(
  v.object({ ...chunkHead, level: bytes, bytes, offsets: uint32, template: uint32, score: float32 }),
);

export const parseTelemetryChunk: Parse<TelemetryChunk> = (input) => {
  const chunk = telemetryColumns(input);
  if (!chunk.ok) return chunk;
  const { n, t, device, metrics, metricScore, logScore, score, flagged } = chunk.value;
  const columns = [t, device, ...metrics, metricScore, logScore, score, flagged];
  return columns.every((column) => column.length === n)
    ? chunk
    : err('record', `columns of ${columns.map((column) => column.length).join(', ')} entries in a chunk of ${n} rows`);
};

export const parseLogChunk: Parse<LogChunk> = (input) => {
  const chunk = logColumns(input);
  if (!chunk.ok) return chunk;
  const { n, t, device, level, bytes: text, offsets, template, score } = chunk.value;
  const columns = [t, device, level, template, score];
  if (columns.some((column) => column.length !== n) || offsets.length !== n + 1) {
    return err(
      'record',
      `columns of ${[...columns, offsets].map((column) => column.length).join(', ')} entries in a chunk of ${n} lines`,
    );
  }
  const rising = offsets.every((offset, i) => i === 0 || offset >= (offsets[i - 1] ?? 0));
  return rising && (offsets[n] ?? 0) <= text.length
    ? chunk
    : err('record', `line offsets do not rise inside ${text.length} bytes`);
};

export const parseModelInfo: Parse<ModelVersion> = (input) => {
  const info = parseModelVersion(input, 'model');
  return info.ok ? info : err('record', info.error.message);
};

/** Sizes and places of one stored chunk. `order` counts up over all chunks: the smallest is the oldest. */
export interface ChunkMeta {
  readonly kind: 'telemetry' | 'logs';
  readonly runId: string;
  readonly seq: number;
  readonly n: number;
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
  readonly order: number;
}

export const parseChunkMeta: Parse<ChunkMeta> = parser(
  v.object({
    kind: v.picklist(['telemetry', 'logs']),
    runId: name,
    seq: whole,
    n: whole,
    from: finite,
    to: finite,
    bytes: whole,
    order: whole,
  }),
);

/** Kept counters over `chunks`, so that nobody has to read the chunks to count them. Missing after a prune: see retention.ts. */
export interface ChunkTotals {
  readonly nextOrder: number;
  readonly telemetryBytes: number;
  readonly logBytes: number;
  readonly telemetryChunks: number;
  readonly logChunks: number;
  readonly samples: number;
  readonly logLines: number;
}

export const parseTotals: Parse<ChunkTotals> = parser(
  v.object({
    nextOrder: whole,
    telemetryBytes: whole,
    logBytes: whole,
    telemetryChunks: whole,
    logChunks: whole,
    samples: whole,
    logLines: whole,
  }),
);

/** Decisions are kept in the order in which they were added, whatever the wall clock said. */
export const parseOrder: Parse<{ readonly order: number }> = parser(v.object({ order: whole }));

/** A chunk's number in its run. */
export const parseSeq: Parse<{ readonly seq: number }> = parser(v.object({ seq: whole }));

/**
 * Makes a parser of a schema. Unknown keys are dropped. The cast says only what schemas cannot: branded ids, and that an absent key
 * is the same as an undefined one.
 */
function parser<T>(schema: v.GenericSchema): Parse<T> {
  return (input) => {
    const parsed = v.safeParse(schema, input, { abortEarly: true });
    if (parsed.success) return ok(parsed.output as T);
    const issue = parsed.issues[0];
    const path = issue.path?.map((part) => String(part.key)).join('.') ?? '';
    return err('record', `${path === '' ? 'record' : path}: ${issue.message}`);
  };
}
