import { growthOf } from '../domain/faults';
import { boundValues } from './bounds';
import { FAULTS, findFault } from './faults/registry';
import type { InjectionBook, InjectionEntry } from './injections';
import type { LineWriter } from './logs/line-writer';
import { compileLine, drawCount, renderLine } from './logs/templates';

/** Metric columns in the order of CANONICAL_METRICS. */
export type Columns = readonly [cpu: Float32Array, memory: Float32Array, disk: Float32Array, network: Float32Array];

/** The tick that is disturbed: time of its samples, the row of device 0, and how long before it lines may be. */
export interface Tick {
  readonly t: number;
  readonly firstRow: number;
  readonly stepMs: number;
}

const FAULT_LINES = new Map(FAULTS.map((fault) => [fault.spec.id, fault.lines.map((line) => compileLine(line))]));

/** Lets every running fault change its device's row and write its lines, after the undisturbed rows of the tick are there. */
export function disturbTick(book: InjectionBook, columns: Columns, tick: Tick, writer: LineWriter): void {
  for (const entry of book.open) {
    // By onset: whatever comes after the first that has not begun has not begun either.
    if (entry.injection.from > tick.t) return;
    if (tick.t < entry.injection.to) disturbDevice(entry, columns, tick, writer);
  }
}

/** Intensity from which on a fault that takes a device off the network leaves it none of its traffic. */
const CUT_OFF_AT = 0.8;

/** Devices that are cut off at time t, with the share of their traffic that still reaches them, 0..1. */
export function listOffline(
  book: InjectionBook,
  t: number,
): readonly { readonly device: number; readonly served: number }[] {
  const offline: { device: number; served: number }[] = [];
  for (const { injection, device } of book.open) {
    if (injection.from > t) break;
    if (t >= injection.to || findFault(injection.fault)?.offline !== true) continue;
    const grown = Math.min(1, growthOf(injection.onset, (t - injection.from) / 1000));
    offline.push({ device, served: 1 - Math.min(1, (injection.intensity * grown) / CUT_OFF_AT) });
  }
  return offline;
}

function disturbDevice(entry: InjectionEntry, columns: Columns, tick: Tick, writer: LineWriter): void {
  const { injection, device, random } = entry;
  const fault = findFault(injection.fault);
  if (fault === undefined) throw new Error(`injection ${injection.id} of an unregistered fault ${injection.fault}`);
  const row = tick.firstRow + device;
  const [cpu, memory, disk, network] = columns;
  const values = { cpu: cpu[row], memory: memory[row], disk: disk[row], network: network[row] };
  entry.before ??= { ...values };
  const elapsedS = (tick.t - injection.from) / 1000;
  const growth = growthOf(injection.onset, elapsedS);
  const moment = {
    elapsedS,
    growth,
    intensity: injection.intensity * Math.min(1, growth),
    requested: injection.intensity,
    params: injection.params,
    before: entry.before,
  };
  fault.perturb(values, moment, random);
  boundValues(values);
  cpu[row] = values.cpu;
  memory[row] = values.memory;
  disk[row] = values.disk;
  network[row] = values.network;

  const context = { random, host: injection.deviceName, city: injection.origin.city };
  const compiled = FAULT_LINES.get(injection.fault) ?? [];
  for (let kind = 0; kind < compiled.length; kind++) {
    const lines = drawCount(fault.lines[kind].perSecond(moment), random);
    for (let line = 0; line < lines; line++) {
      // A fault does not speak before it begins.
      const lineT = Math.max(injection.from, tick.t - random.int(tick.stepMs));
      writer.add(lineT, device, compiled[kind].level, renderLine(compiled[kind], context));
    }
  }
}
