import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runId } from '../../src/domain/ids';
import { createSimulator } from '../../src/sim/simulator';
import { averageOver, describeShape, quantileOf, type Shape } from './shape';

/** Times that are compared, in seconds. */
const LAGS_S = [300, 3600, 6 * 3600];
const STEPS_A_PULL = 300;

interface Series {
  readonly name: string;
  readonly shape: Shape;
}

interface Group {
  readonly title: string;
  /** Files under the data folder, the column that is read, and the seconds between two rows. */
  readonly real: readonly { readonly path: string; readonly column: string }[];
  readonly everyS: number;
  /** Metric index of the simulated fleet, and roles. */
  readonly metric: number;
  readonly roles: readonly string[] | undefined;
}

/** Columns of the Server Machine Dataset by their published names. */
const SMD = { cpu: 'cpu_r', memory: 'mem_u', write: 'disk_w' } as const;

/**
 * Runs `npm run bench:fleet -- --data DIR [--days 4] [--devices 28] [--seed 1]`: what the series of real servers under DIR look like, beside those
 * of the simulated fleet averaged over the same times. Medians and quartiles over the series of a group.
 */
export async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      days: { type: 'string', default: '4' },
      devices: { type: 'string', default: '28' },
      seed: { type: 'string', default: '1' },
    },
  });
  if (values.data === undefined) throw new Error('--data DIR is missing: the folder with nab/ and smd/');
  const data = values.data;
  const fleet = simulate(Number(values.devices), Number(values.days), Number(values.seed));
  for (const group of listGroups(data)) {
    const lags = LAGS_S.map((lagS) => Math.round(lagS / group.everyS));
    const real = group.real.flatMap(({ path, column }): Series[] => {
      const series = readColumn(join(data, path), column);
      const shape = series === undefined ? undefined : describeShape(series, lags);
      return shape === undefined || !Number.isFinite(shape.skew) ? [] : [{ name: `${path} ${column}`, shape }];
    });
    const simulated = fleet.flatMap(({ name, role, minutes }): Series[] => {
      if (group.roles !== undefined && !group.roles.includes(role)) return [];
      return [{ name, shape: describeShape(averageOver(minutes[group.metric], group.everyS / 60), lags) }];
    });
    console.log(`\n${group.title}: ${real.length} real series, ${simulated.length} simulated, every ${group.everyS} s`);
    for (const [what, of] of listFigures()) {
      console.log(`  ${what.padEnd(18)} real ${spread(real, of).padEnd(28)} fleet ${spread(simulated, of)}`);
    }
  }
}

function listFigures(): readonly (readonly [string, (shape: Shape) => number])[] {
  return [
    ['std / mean', (s) => s.cv],
    ['skewness', (s) => s.skew],
    ['kurtosis', (s) => s.kurtosis],
    ['5 % / median', (s) => s.q05],
    ['95 % / median', (s) => s.q95],
    ['99 % / median', (s) => s.q99],
    ['ACF, 5 min', (s) => s.acf[0]],
    ['ACF, 1 h', (s) => s.acf[1]],
    ['ACF, 6 h', (s) => s.acf[2]],
    ['share of bursts', (s) => s.bursts],
  ];
}

function listGroups(data: string): Group[] {
  const nab = readdirSync(join(data, 'nab', 'realAWSCloudwatch')).map((file) => `nab/realAWSCloudwatch/${file}`);
  const smd = readdirSync(join(data, 'smd'))
    .filter((file) => file.endsWith('_train.csv'))
    .map((file) => `smd/${file}`);
  const cloud = (pattern: RegExp) =>
    nab.filter((path) => pattern.test(path)).map((path) => ({ path, column: 'value' }));
  const machines = (column: string) => smd.map((path) => ({ path, column }));
  return [
    { title: 'CPU, CloudWatch', real: cloud(/cpu/), everyS: 300, metric: 0, roles: undefined },
    {
      title: 'Network and requests, CloudWatch',
      real: cloud(/network|request|Network/),
      everyS: 300,
      metric: 3,
      roles: undefined,
    },
    { title: 'Disk writes, CloudWatch', real: cloud(/disk/), everyS: 300, metric: 2, roles: undefined },
    { title: 'CPU, Server Machine Dataset', real: machines(SMD.cpu), everyS: 60, metric: 0, roles: undefined },
    { title: 'Memory, Server Machine Dataset', real: machines(SMD.memory), everyS: 60, metric: 1, roles: undefined },
    {
      title: 'Disk writes, Server Machine Dataset',
      real: machines(SMD.write),
      everyS: 60,
      metric: 2,
      roles: undefined,
    },
  ];
}

/** One device's metrics as means of minutes. */
interface DeviceMinutes {
  readonly name: string;
  readonly role: string;
  readonly minutes: readonly Float64Array[];
}

function simulate(deviceCount: number, days: number, seed: number): DeviceMinutes[] {
  const created = createSimulator({
    runId: runId('bench'),
    seed,
    deviceCount,
    ambientFaults: false,
    now: Date.UTC(2026, 2, 2),
    checkpoint: undefined,
  });
  if (!created.ok) throw new Error(created.error.message);
  const simulator = created.value;
  const { devices, metrics } = simulator.info().catalog;
  const count = Math.floor((days * 86_400) / STEPS_A_PULL) * (STEPS_A_PULL / 60);
  const minutes = devices.map(() => metrics.map(() => new Float64Array(count)));
  for (let start = 0; start < count; start += STEPS_A_PULL / 60) {
    const batch = simulator.pull(STEPS_A_PULL).metrics;
    for (let row = 0; row < batch.n; row++) {
      const minute = start + Math.floor(row / devices.length / 60);
      for (let m = 0; m < metrics.length; m++) minutes[batch.device[row]][m][minute] += batch.metrics[m][row] / 60;
    }
  }
  return devices.map(({ name, role }, i) => ({ name, role, minutes: minutes[i] }));
}

/** The numbers of a CSV column; undefined where there is no such column. */
function readColumn(path: string, column: string): Float64Array | undefined {
  const [head, ...rows] = readFileSync(path, 'utf8').trim().split('\n');
  const at = head.trim().split(',').indexOf(column);
  return at < 0 ? undefined : Float64Array.from(rows, (row) => Number(row.split(',')[at]));
}

/** Median and quartiles over series. */
function spread(series: readonly Series[], of: (shape: Shape) => number): string {
  const values = Float64Array.from(series, ({ shape }) => of(shape))
    .filter(Number.isFinite)
    .sort();
  if (values.length === 0) return 'none';
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantileOf(values, share));
  return `${format(middle)} (${format(low)} to ${format(high)})`;
}

function format(value: number): string {
  return Math.abs(value) >= 1000 ? value.toExponential(1) : String(Number(value.toPrecision(2)));
}
