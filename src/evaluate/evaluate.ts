import { countConfusion, f1Of, precisionOf, recallOf } from './confusion';
import { falseAlarmRate, medianOf, scoreEvents, timesToDetect } from './events';
import { averagePrecision, rocAuc } from './ranking';
import { findSegments, type Segment } from './segments';

/** Scored rows beside their truth, as columns of n entries; rows ordered by time, devices may be interleaved. */
export interface LabelledRows {
  readonly t: ArrayLike<number>;
  readonly device: ArrayLike<number>;
  /** Higher = more anomalous; NaN = not scorable (warming up): the row counts nowhere. */
  readonly score: ArrayLike<number>;
  /** 1 = flagged. */
  readonly flagged: ArrayLike<number>;
  /** 1 = anomalous. Read here only: no detector ever sees it. */
  readonly label: ArrayLike<number>;
}

export interface EvaluateOptions {
  /** Milliseconds between two samples of a device. More than 0. */
  readonly stepMs: number;
  /** The detector's own alerts; without them the flagged stretches are taken. */
  readonly alerts?: readonly Segment[];
}

/** Detection against truth. Ratios 0..1; NaN where there is nothing to divide by. */
export interface Evaluation {
  /** Rows that were scored, and the anomalous ones among them. */
  readonly rows: number;
  readonly labelled: number;
  readonly rocAuc: number;
  readonly averagePrecision: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly events: number;
  readonly eventsHit: number;
  readonly rangePrecision: number;
  readonly rangeRecall: number;
  /** Median over the events that were detected, in ms; NaN when none was. */
  readonly timeToDetectMs: number;
  readonly falseAlarms: number;
  readonly falseAlarmsPerDeviceDay: number;
}

/** By sample (ranking, flags) and by event (stretches of labelled rows). Rows without a score are left out before anything is counted. */
export function evaluateRows(given: LabelledRows, options: EvaluateOptions): Evaluation {
  const rows = scoredRows(given);
  const truth = findSegments({ t: rows.t, device: rows.device, marked: rows.label });
  const detected = options.alerts ?? findSegments({ t: rows.t, device: rows.device, marked: rows.flagged });
  const confusion = countConfusion(rows.flagged, rows.label);
  const ranking = { scores: rows.score, labels: rows.label };
  const events = scoreEvents({ truth, detected, stepMs: options.stepMs });
  const delays = timesToDetect({ truth, detected }).filter((delay) => delay !== undefined);
  // Each row stands for one step of its device's time, whatever the gaps.
  const observedMs = rows.t.length * options.stepMs;
  return {
    rows: rows.t.length,
    labelled: confusion.truePositives + confusion.falseNegatives,
    rocAuc: rocAuc(ranking),
    averagePrecision: averagePrecision(ranking),
    precision: precisionOf(confusion),
    recall: recallOf(confusion),
    f1: f1Of(confusion),
    events: events.events,
    eventsHit: events.eventsHit,
    rangePrecision: events.rangePrecision,
    rangeRecall: events.rangeRecall,
    timeToDetectMs: medianOf(delays),
    falseAlarms: events.falseAlarms,
    falseAlarmsPerDeviceDay: falseAlarmRate(events.falseAlarms, 1, observedMs),
  };
}

function scoredRows(rows: LabelledRows): LabelledRows {
  const kept: number[] = [];
  for (let row = 0; row < rows.t.length; row++) if (!Number.isNaN(rows.score[row])) kept.push(row);
  return {
    t: Float64Array.from(kept, (row) => rows.t[row]),
    device: Uint16Array.from(kept, (row) => rows.device[row]),
    score: Float64Array.from(kept, (row) => rows.score[row]),
    flagged: Uint8Array.from(kept, (row) => (rows.flagged[row] === 1 ? 1 : 0)),
    label: Uint8Array.from(kept, (row) => (rows.label[row] === 1 ? 1 : 0)),
  };
}
