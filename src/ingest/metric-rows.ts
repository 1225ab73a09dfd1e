import type { Catalog } from '../domain/catalog';
import { emptyLogBatch } from '../domain/telemetry';
import {
  type GrowingColumn,
  growingFloat32,
  growingFloat64,
  growingUint8,
  growingUint16,
  orderByTime,
} from './columns';
import { restoreCell } from './csv-write';
import { createDeviceIndex, stemOf } from './devices';
import type { TablePlan } from './inspect';
import { countOf, LIMITS, showValue } from './limits';
import { describeMetric } from './metric-spec';
import { parseLabel, parseNumber } from './numbers';
import type { RowReader } from './parse';
import type { ProblemList } from './problems';
import { createTimeParser } from './time';
import type { ColumnMapping } from './types';

/** Rows of a table without times are put a minute apart: the spacing most exporters use. */
const GRID_STEP_MS = 60_000;
const DAY_MS = 86_400_000;

export interface RowContext {
  readonly name: string;
  readonly latest: number;
  readonly problems: ProblemList;
}

/** Cells to metric columns. A row is bad when its time or label or all its values are unreadable; a single unreadable cell is told and counts as missing. */
export function createMetricRows(plan: TablePlan, mapping: ColumnMapping, context: RowContext): RowReader {
  const indexOf = (name: string | undefined): number => (name === undefined ? -1 : plan.columns.indexOf(name));
  const [timeAt, deviceAt, labelAt] = [indexOf(mapping.time), indexOf(mapping.device), indexOf(mapping.label)];
  const metricAt = mapping.metrics.map(indexOf);
  const columns: GrowingColumn<Float32Array>[] = metricAt.map(growingFloat32);
  const values = new Float64Array(metricAt.length);
  const t = growingFloat64();
  const device = growingUint16();
  const labels = growingUint8();
  const devices = createDeviceIndex();
  if (deviceAt === -1) devices.indexOf(stemOf(context.name));
  const parseTime = createTimeParser({ latest: context.latest, dayFirst: plan.dayFirst });
  let gaps = 0;
  const gridStart = Math.floor(context.latest / DAY_MS) * DAY_MS;

  /** Fills `values`; gives a reason when the row has no value at all. */
  const readValues = (cells: readonly string[], line: number): string | undefined => {
    let present = 0;
    let wrong: string | undefined;
    for (let m = 0; m < metricAt.length; m++) {
      const cell = cells[metricAt[m]];
      const value = parseNumber(cell, plan.decimalComma);
      values[m] = value ?? Number.NaN;
      if (value === undefined) wrong ??= `${mapping.metrics[m]}: ${showValue(cell)} is not a number in range`;
      else if (!Number.isNaN(value)) present++;
    }
    if (present === 0) {
      // A time without a value is a gap that its exporter wrote down; without either there is nothing to keep.
      if (wrong !== undefined || timeAt === -1) return wrong ?? 'no value in any metric column';
      gaps++;
    }
    if (wrong !== undefined) context.problems.add(line, `${wrong}; taken as missing`);
    return undefined;
  };

  const readRow = (cells: readonly string[], line: number): string | undefined => {
    const time = timeAt === -1 ? gridStart + t.length * GRID_STEP_MS : parseTime(cells[timeAt]);
    if (time === undefined) return `${mapping.time}: ${showValue(cells[timeAt])} is not a time`;
    const label = labelAt === -1 ? 0 : parseLabel(cells[labelAt]);
    if (label === undefined) return `${mapping.label}: ${showValue(cells[labelAt])} is not 0 or 1`;
    const wrong = readValues(cells, line);
    if (wrong !== undefined) return wrong;
    const index = deviceAt === -1 ? 0 : devices.indexOf(restoreCell(cells[deviceAt]));
    if (index === undefined)
      return `${mapping.device}: ${showValue(cells[deviceAt])} would be device ${LIMITS.devices + 1}; the limit is ${LIMITS.devices}`;
    t.push(time);
    device.push(index);
    labels.push(label);
    for (let m = 0; m < columns.length; m++) columns[m].push(values[m]);
    return undefined;
  };

  return {
    readRow,
    count: () => t.length,
    finish() {
      const order = orderByTime(t);
      const metrics = columns.map((column) => column.take(order));
      const ranges = metrics.map(rangeOf);
      const catalog: Catalog = {
        devices: devices.devices(),
        metrics: mapping.metrics.map((key, m) => describeMetric(key, ranges[m])),
      };
      const notes: string[] = [];
      if (order) notes.push('the rows were not in order of time and were sorted');
      if (gaps > 0) notes.push(`${countOf(gaps, 'row')} with a time and no value: kept as gaps`);
      const constant = mapping.metrics.filter((_, m) => ranges[m].min === ranges[m].max);
      if (constant.length > 0 && t.length > 1)
        notes.push(`${countOf(constant.length, 'column')} never changed: ${constant.slice(0, 8).join(', ')}`);
      const empty = mapping.metrics.filter((_, m) => Number.isNaN(ranges[m].min));
      if (empty.length > 0)
        notes.push(`${countOf(empty.length, 'column')} without any value: ${empty.slice(0, 8).join(', ')}`);
      return {
        kind: 'metrics',
        catalog,
        metrics: { n: t.length, t: t.take(order), device: device.take(order), metrics },
        logs: emptyLogBatch(),
        labels: labelAt === -1 ? undefined : labels.take(order),
        clock: timeAt === -1 ? 'synthetic' : 'file',
        notes,
      };
    },
  };
}

function rangeOf(column: Float32Array): { readonly min: number; readonly max: number } {
  let min = Number.NaN;
  let max = Number.NaN;
  for (const value of column) {
    if (!(value >= min)) min = Number.isNaN(value) ? min : value;
    if (!(value <= max)) max = Number.isNaN(value) ? max : value;
  }
  return { min, max };
}
