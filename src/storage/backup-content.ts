import type { Alert } from '../domain/alerts';
import type { Decision } from '../domain/decisions';
import type { Injection } from '../domain/faults';
import type { PlainData, SavedModel } from '../domain/models';
import type { LogChunk, OwnScenario, RunRecord, TelemetryChunk } from '../domain/records';
import { err, ok, type Result } from '../domain/result';
import { parseSettings, type Settings } from '../domain/settings';
import {
  type Parse,
  parseAlert,
  parseDecision,
  parseInjection,
  parseLogChunk,
  parseModelInfo,
  parseOwnScenario,
  parseRun,
  parseTelemetryChunk,
} from './check';

export type BackupChunk =
  | { readonly kind: 'telemetry'; readonly chunk: TelemetryChunk }
  | { readonly kind: 'logs'; readonly chunk: LogChunk };

/** Everything that is stored, as facts: what storage keeps for its own sake (counters, sizes, order) is made anew from it. */
export interface BackupContent {
  readonly runs: readonly RunRecord[];
  /** Oldest first, over all runs. */
  readonly chunks: readonly BackupChunk[];
  readonly alerts: readonly Alert[];
  /** In the order in which they were taken. */
  readonly decisions: readonly Decision[];
  readonly injections: readonly { readonly runId: string; readonly injection: Injection }[];
  /** Versions whose content is no longer kept have none. */
  readonly models: readonly { readonly info: SavedModel['info']; readonly content?: PlainData }[];
  /** What was counted of each run, as its keeper stored it. */
  readonly boards: readonly { readonly runId: string; readonly board: object }[];
  readonly scenarios: readonly OwnScenario[];
  /** undefined = never set. */
  readonly settings: Settings | undefined;
}

type BackupParse<T> = (input: unknown) => Result<T, 'record' | 'settings'>;

const SECTIONS = ['runs', 'chunks', 'alerts', 'decisions', 'injections', 'models', 'boards', 'scenarios'] as const;
/** Backups of earlier versions have none of these. */
const LATER: readonly string[] = ['boards', 'scenarios'];

/**
 * Checks the content of a backup as a whole, after typed arrays were decoded.
 * Errors: `backup` naming the first section and entry that is wrong, e.g. `alerts[3]: severity: ...`.
 */
export function parseBackupContent(input: unknown): Result<BackupContent, 'backup'> {
  const given = fieldsOf(input);
  if (given === undefined) return err('backup', 'content is not an object');
  const unknownKey = Object.keys(given).find((key) => key !== 'settings' && !SECTIONS.some((name) => name === key));
  if (unknownKey !== undefined) return err('backup', `content has an unknown section ${JSON.stringify(unknownKey)}`);

  const runs = parseSection(given, 'runs', parseRun);
  if (!runs.ok) return runs;
  const chunks = parseSection(given, 'chunks', parseChunk);
  if (!chunks.ok) return chunks;
  const alerts = parseSection(given, 'alerts', parseAlert);
  if (!alerts.ok) return alerts;
  const decisions = parseSection(given, 'decisions', parseDecision);
  if (!decisions.ok) return decisions;
  const injections = parseSection(given, 'injections', parseRunInjection);
  if (!injections.ok) return injections;
  const models = parseSection(given, 'models', parseModel);
  if (!models.ok) return models;
  const boards = parseSection(given, 'boards', parseBoardRecord);
  if (!boards.ok) return boards;
  const scenarios = parseSection(given, 'scenarios', parseOwnScenario);
  if (!scenarios.ok) return scenarios;
  const settings = given.settings === undefined ? ok(undefined) : parseSettings(given.settings);
  if (!settings.ok) return err('backup', settings.error.message);
  return ok({
    runs: runs.value,
    chunks: chunks.value,
    alerts: alerts.value,
    decisions: decisions.value,
    injections: injections.value,
    models: models.value,
    boards: boards.value,
    scenarios: scenarios.value,
    settings: settings.value,
  });
}

function parseSection<T>(
  given: Readonly<Record<string, unknown>>,
  section: (typeof SECTIONS)[number],
  parse: BackupParse<T>,
): Result<readonly T[], 'backup'> {
  const entries = given[section] ?? (LATER.includes(section) ? [] : undefined);
  if (!Array.isArray(entries)) return err('backup', `content.${section} is not a list`);
  const read: T[] = [];
  for (let i = 0; i < entries.length; i++) {
    const entry = parse(entries[i]);
    if (!entry.ok) return err('backup', `${section}[${i}]: ${entry.error.message}`);
    read.push(entry.value);
  }
  return ok(read);
}

const parseChunk: Parse<BackupChunk> = (input) => {
  const entry = fieldsOf(input);
  if (entry?.kind === 'telemetry') {
    const chunk = parseTelemetryChunk(entry.chunk);
    return chunk.ok ? ok({ kind: 'telemetry', chunk: chunk.value }) : chunk;
  }
  if (entry?.kind === 'logs') {
    const chunk = parseLogChunk(entry.chunk);
    return chunk.ok ? ok({ kind: 'logs', chunk: chunk.value }) : chunk;
  }
  return err('record', `kind must be telemetry or logs, got ${JSON.stringify(entry?.kind)}`);
};

const parseRunInjection: Parse<BackupContent['injections'][number]> = (input) => {
  const entry = fieldsOf(input);
  if (typeof entry?.runId !== 'string' || entry.runId === '') return err('record', 'runId is missing');
  const injection = parseInjection(entry.injection);
  return injection.ok ? ok({ runId: entry.runId, injection: injection.value }) : injection;
};

/** Opaque here: who makes a board of it checks it. */
export const parseBoardRecord: Parse<BackupContent['boards'][number]> = (input) => {
  const entry = fieldsOf(input);
  if (typeof entry?.runId !== 'string' || entry.runId === '') return err('record', 'runId is missing');
  const board = fieldsOf(entry.board);
  return board === undefined ? err('record', 'board is no object') : ok({ runId: entry.runId, board });
};

const parseModel: Parse<BackupContent['models'][number]> = (input) => {
  const entry = fieldsOf(input);
  const info = parseModelInfo(entry?.info);
  if (!info.ok) return info;
  // Opaque here: the detector's own `load` checks it before it is used.
  return ok(
    entry?.content === undefined ? { info: info.value } : { info: info.value, content: entry.content as PlainData },
  );
};

function fieldsOf(input: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof input === 'object' && input !== null && !Array.isArray(input)
    ? (input as Readonly<Record<string, unknown>>)
    : undefined;
}
