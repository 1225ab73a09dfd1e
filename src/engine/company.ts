import { LOG_LEVELS, type LogBatch } from '../domain/telemetry';
import type { LogVerdicts } from '../domain/verdicts';
import type { Point } from './points';
import type { RunState } from './run-state';

/** For so long after log lines spoke of trouble what a device's metrics do is held to belong to it. */
const SPOKEN_FOR_MS = 900_000;
/** From level warning on half of an alarm is enough (`detect/hybrid.ts`: rarity counts squared): what is new at level info tells what goes on. */
const BAD_SHARE = Math.SQRT1_2;
const WARNING = LOG_LEVELS.indexOf('warning');
const UNKNOWN = LOG_LEVELS.indexOf('unknown');

/** Notes in the run that the lines of a point speak of trouble, if they do. threshold: rarity at which the log model alone alarms. */
export function noteCompany(
  run: Pick<RunState, 'spokeAt'>,
  { device, t, lines }: Pick<Point, 'device' | 't' | 'lines'>,
  { logs, logVerdicts }: { readonly logs: LogBatch; readonly logVerdicts: Pick<LogVerdicts, 'rarity'> },
  threshold: number,
): void {
  const { rarity } = logVerdicts;
  for (let k = 0; k < lines.length; k++) {
    const level = logs.level[lines[k]];
    const isBad = level >= WARNING && level !== UNKNOWN;
    if (rarity[lines[k]] >= (isBad ? BAD_SHARE : 1) * threshold) run.spokeAt[device] = t;
  }
}

/** Whether a device's log lines have spoken of trouble within the last quarter of an hour before t (ms). */
export function isHeardOf({ spokeAt }: Pick<RunState, 'spokeAt'>, device: number, t: number): boolean {
  return t - spokeAt[device] <= SPOKEN_FOR_MS;
}
