import type { SourceInfo } from '../engine/ports';
import type { FileProblem } from '../ingest/types';

export type { ColumnMapping, FilePreview, FileProblem } from '../ingest/types';

export interface OpenedFile {
  readonly info: SourceInfo;
  readonly rows: number;
  readonly badRows: number;
  /** The first 100 problems. */
  readonly problems: readonly FileProblem[];
  readonly hasLabels: boolean;
  /** What was noticed of the whole file, e.g. that its rows had to be sorted. */
  readonly notes: readonly string[];
}

/** Against the label column of an opened file; labels never reach a detector. */
export interface FileEvaluation {
  readonly rows: number;
  readonly labelled: number;
  readonly rocAuc: number;
  readonly averagePrecision: number;
  readonly precision: number;
  readonly recall: number;
  readonly events: number;
  readonly eventsHit: number;
}
