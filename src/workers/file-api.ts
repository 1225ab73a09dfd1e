import type { SourceInfo } from '../engine/ports';

/** What a file turned out to be, shown before anything is stored. */
export interface FilePreview {
  readonly name: string;
  readonly bytes: number;
  readonly kind: 'metrics' | 'logs';
  /** Format id of ingest's registry and its label, e.g. `csv`, `syslog-3164`. */
  readonly format: string;
  readonly formatLabel: string;
  /** Header names of a table, in order; [] for logs. */
  readonly columns: readonly string[];
  /** First records as text cells (metrics) or [time, level, device, message] (logs). */
  readonly rows: readonly (readonly string[])[];
  readonly mapping: ColumnMapping;
  /** What was noticed, with line numbers. */
  readonly notes: readonly string[];
}

/** Which column means what. Names are header names; undefined = none. For logs only `kind` matters. */
export interface ColumnMapping {
  readonly time: string | undefined;
  readonly device: string | undefined;
  readonly label: string | undefined;
  readonly metrics: readonly string[];
}

export interface FileProblem {
  /** 1-based line in the file. */
  readonly line: number;
  readonly message: string;
}

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
