import type { Catalog } from '../domain/catalog';
import type { LogBatch, LogLevel, MetricBatch } from '../domain/telemetry';

/** What a file turned out to be, shown before anything is stored. */
export interface FilePreview {
  readonly name: string;
  readonly bytes: number;
  readonly kind: 'metrics' | 'logs';
  /** Id of a format and its label, e.g. `csv`, `syslog-3164`. */
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

export type IngestCode =
  | 'empty'
  | 'too-large'
  | 'not-text'
  | 'too-many-columns'
  | 'no-usable-columns'
  | 'no-usable-rows'
  | 'mapping';

/** A whole file as telemetry. Exactly one of `metrics` and `logs` has rows. */
export interface ParsedFile {
  readonly name: string;
  readonly kind: 'metrics' | 'logs';
  readonly format: string;
  readonly catalog: Catalog;
  readonly metrics: MetricBatch;
  readonly logs: LogBatch;
  /** 1 = labelled anomalous, one entry a kept row in the order of the batch; for evaluation only. */
  readonly labels: Uint8Array | undefined;
  /** `synthetic`: the file has no times, the rows were put on an even grid. */
  readonly clock: 'file' | 'synthetic';
  readonly rows: number;
  readonly badRows: number;
  /** The first 100 problems, in the order of the file. */
  readonly problems: readonly FileProblem[];
  readonly notes: readonly string[];
}

/** One log line, read. */
export interface LogRecord {
  /** Milliseconds since 1970 UTC; undefined = the line states none. */
  readonly t: number | undefined;
  /** The host that the line names. */
  readonly device: string | undefined;
  readonly level: LogLevel;
  /** The text without time, host and level where those were found. */
  readonly message: string;
  /** 1 = the line is labelled anomalous; for evaluation only. */
  readonly label?: 0 | 1;
}

export interface LineOptions {
  /** Latest plausible time, ms since 1970 UTC: dates without a year are put in the last year that does not pass it by more than a day. */
  readonly latest: number;
}

interface FormatSpec {
  readonly id: string;
  readonly label: string;
  /** One line of the format, shown in documentation and used by the registry's contract test. */
  readonly example: string;
  /** File name endings, without the dot, that speak for this format. */
  readonly extensions: readonly string[];
  /** How sure it is that lines like these are of this format: 0 = not, 1 = certain. */
  sniff(lines: readonly string[]): number;
}

/** A format with a record on each line. */
export interface LineFormat extends FormatSpec {
  readonly kind: 'lines';
  /** True where the format's times are UTC or state their zone; else they are read as UTC, which the preview says. */
  readonly statesZone: boolean;
  /** Reads one line. `undefined` = the line is not of this format (it then continues the record before); a string says what is wrong with it. */
  readLine(line: string, options: LineOptions): LogRecord | string | undefined;
}

/** A table with columns: cells come from the record splitter, meaning from the column mapping. */
export interface TableFormat extends FormatSpec {
  readonly kind: 'table';
}

export type FileFormat = LineFormat | TableFormat;
