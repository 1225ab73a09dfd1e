import { MAX_METRICS } from '../domain/catalog';
import { err, ok, type Result } from '../domain/result';
import type { FilePlan, LinesPlan, TablePlan } from './inspect';
import { countOf, LIMITS, showValue } from './limits';
import { createLineSplitter } from './lines';
import { createLogRows, createLogTableRows } from './log-rows';
import { createMetricRows, type RowContext } from './metric-rows';
import { createProblemList } from './problems';
import { createRecordSplitter } from './records';
import { createTextReader } from './text';
import type { ColumnMapping, IngestCode, ParsedFile } from './types';

/** What a reader of rows has at the end. */
export type ReadBody = Pick<ParsedFile, 'kind' | 'catalog' | 'metrics' | 'logs' | 'labels' | 'clock' | 'notes'>;

/** Takes the cells of one record at a time. */
export interface RowReader {
  /** `cells` has one entry a column of the plan. Gives what is wrong with the row; undefined = kept. */
  readRow(cells: readonly string[], line: number): string | undefined;
  count(): number;
  finish(): ReadBody;
}

/** Reads a file piece by piece, so that progress, cancelling and yielding stay with the caller. Forget it to cancel. */
export interface FileParser {
  /** The next bytes of the file, in order. False when further bytes would be ignored (row limit reached). */
  push(bytes: Uint8Array): boolean;
  /** Ends the file. Errors: `no-usable-rows` with the first problem. Call once. */
  finish(): Result<ParsedFile, IngestCode>;
}

interface TextSink {
  push(text: string): void;
  end(): void;
  count(): number;
  bad(): number;
  finish(): ReadBody;
}

/**
 * Starts to read a whole file by its plan. `mapping` is the plan's own or what a person changed it to; for logs only its time, device and label
 * matter, and only in tables. Errors: `mapping` (a column that is not there, none or too many metrics).
 */
export function createParser(plan: FilePlan, mapping: ColumnMapping): Result<FileParser, IngestCode> {
  const wrong = plan.body.kind === 'table' ? findMappingFault(plan.body, mapping) : undefined;
  if (wrong !== undefined) return err('mapping', wrong);
  const problems = createProblemList();
  const context: RowContext = { name: plan.preview.name, latest: plan.latest, problems };
  const sink =
    plan.body.kind === 'table' ? createTableSink(plan.body, mapping, context) : createLinesSink(plan.body, context);
  const reader = createTextReader(plan.encoding);
  let cut = false;
  let bytesRead = 0;

  return ok({
    push(bytes) {
      bytesRead += bytes.length;
      if (!cut && bytesRead <= LIMITS.fileBytes) sink.push(reader.read(bytes));
      else cut = true;
      cut ||= sink.count() >= LIMITS.rows;
      return !cut;
    },
    finish() {
      if (!cut) sink.push(reader.finish());
      sink.end();
      if (sink.count() === 0) {
        const first = problems.list()[0];
        const why = first ? `line ${first.line}: ${first.message}` : 'no row has a value';
        return err('no-usable-rows', `${plan.preview.name} has no usable row; ${why}`);
      }
      const body = sink.finish();
      const limits = cut
        ? [`only the first ${countOf(sink.count(), 'row')} were read; the limit is ${countOf(LIMITS.rows, 'row')}`]
        : [];
      return ok({
        ...body,
        name: plan.preview.name,
        format: plan.preview.format,
        rows: sink.count(),
        badRows: sink.bad(),
        problems: problems.list(),
        notes: [...limits, ...plan.preview.notes, ...body.notes],
      });
    },
  });
}

function findMappingFault(plan: TablePlan, mapping: ColumnMapping): string | undefined {
  const named = [mapping.time, mapping.device, mapping.label, ...mapping.metrics].filter((name) => name !== undefined);
  const unknown = named.find((name) => !plan.columns.includes(name));
  if (unknown !== undefined) return `there is no column ${showValue(unknown)}`;
  if (plan.message !== undefined) return undefined;
  if (mapping.metrics.length === 0) return 'no metric column is chosen';
  if (mapping.metrics.length > MAX_METRICS)
    return `${mapping.metrics.length} metric columns are chosen; the limit is ${MAX_METRICS}`;
  const twice = named.find((name, i) => named.indexOf(name) !== i);
  return twice === undefined ? undefined : `column ${showValue(twice)} is chosen twice`;
}

function createTableSink(plan: TablePlan, mapping: ColumnMapping, context: RowContext): TextSink {
  const rows = (plan.message === undefined ? createMetricRows : createLogTableRows)(plan, mapping, context);
  let bad = 0;
  let headerDue = plan.hasHeader;
  const refuse = (line: number, message: string): void => {
    bad++;
    context.problems.add(line, message);
  };
  const splitter = createRecordSplitter(plan.delimiter, {
    onBad: refuse,
    onRecord(cells, line) {
      if (headerDue) {
        headerDue = false;
        return;
      }
      if (rows.count() >= LIMITS.rows) return;
      const wrong = cells.length === plan.columns.length ? rows.readRow(cells, line) : describeRagged(cells, plan);
      if (wrong !== undefined) refuse(line, wrong);
    },
  });
  return { push: splitter.push, end: splitter.finish, count: rows.count, bad: () => bad, finish: rows.finish };
}

function describeRagged(cells: readonly string[], plan: TablePlan): string {
  const start = showValue(cells.join(plan.delimiter).slice(0, 80));
  return `${countOf(cells.length, 'cell')} where the table has ${plan.columns.length}: ${start}`;
}

function createLinesSink(plan: LinesPlan, context: RowContext): TextSink {
  const rows = createLogRows(context);
  let bad = 0;
  const options = { latest: context.latest };
  const refuse = (line: number, message: string): void => {
    bad++;
    context.problems.add(line, message);
  };
  const limit = LIMITS.fieldLength.toLocaleString('en-GB');
  const splitter = createLineSplitter((text, line, cut) => {
    if (text.trim() === '' || rows.count >= LIMITS.rows) return;
    const record = cut ? `line longer than ${limit} characters` : plan.format.readLine(text, options);
    if (typeof record === 'string') refuse(line, `${record}: ${showValue(text)}`);
    else if (record) rows.add(record);
    else rows.addContinuation(text.trimEnd());
  });
  return { push: splitter.push, end: splitter.finish, count: () => rows.count, bad: () => bad, finish: rows.finish };
}
