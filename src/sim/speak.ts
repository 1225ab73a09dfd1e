import { type EventEntry, momentOf } from './events/book';
import { NORMAL_EVENTS } from './events/registry';
import { GRAMMAR, OVERLOAD, RARE } from './logs/grammar';
import type { LineWriter } from './logs/line-writer';
import { OVERLOAD_FROM, OVERLOAD_PER_SECOND } from './logs/lines/overload';
import { RARE_PER_DAY } from './logs/lines/rare';
import { hex, type LineContext } from './logs/parameters';
import { type CompiledScript, compileLine, drawCount, type LineChoice, pickScript, renderLine } from './logs/templates';
import { createSeekableRandom, drawAt, momentKey, type SeekableRandom, tickKey } from './noise';
import { REGIONS, regionCode } from './regions';
import { type FleetState, nextSampleTime, STEP_MS } from './state';
import { ROLE_INDEX, TRAITS } from './traits';
import { lineRate, S_LINES } from './workload';

type Context = { -readonly [K in keyof LineContext]: LineContext[K] } & { readonly random: SeekableRandom };

const REGION_CODES = REGIONS.map((region) => regionCode(region.id));
const RARE_PER_TICK = (RARE_PER_DAY / 86_400_000) * STEP_MS;
/** An exhausted server answers at most so many times more slowly. */
const MAX_SLOWNESS = 6;
const EVENT_LINES = new Map(NORMAL_EVENTS.map((event) => [event, event.lines.map((line) => compileLine(line))]));

/** Writes the usual log lines of every device at the present tick: as many as its load asks for. */
export function writeUsualLines(state: FleetState, writer: LineWriter): void {
  const { columns, devices } = state;
  const bits = tickKey(state.tick);
  const t = nextSampleTime(state);
  const random = createSeekableRandom();
  const context: Context = { random, host: '', city: '', region: '', req: '', slowness: 1 };
  for (let i = 0; i < devices.length; i++) {
    random.seek(drawAt(momentKey(columns.keys[i], bits), S_LINES));
    const choice = GRAMMAR[columns.traits[i * TRAITS + ROLE_INDEX]];
    let scripts = drawCount(lineRate(columns, i) / choice.meanLines, random);
    const isRare = random.next() < RARE_PER_TICK;
    const use = columns.load[i] / columns.limit[i];
    if (scripts === 0 && !isRare && use < OVERLOAD_FROM) continue;
    context.host = devices[i].name;
    context.city = devices[i].city;
    context.region = REGION_CODES[columns.region[i]];
    context.slowness = slownessAt(use, columns.weight[i] / columns.limit[i]);
    for (; scripts > 0; scripts--) writeScript(writer, pick(choice, context), { t, device: i }, context);
    if (isRare) writeScript(writer, pick(RARE, context), { t, device: i }, context);
    if (use >= OVERLOAD_FROM) {
      const more = drawCount((OVERLOAD_PER_SECOND * (use - OVERLOAD_FROM)) / (1 - OVERLOAD_FROM), random);
      for (let line = 0; line < more; line++) writeScript(writer, pick(OVERLOAD, context), { t, device: i }, context);
    }
  }
}

/** Writes the lines of one event at the present tick. */
export function writeEventLines(state: FleetState, entry: EventEntry, writer: LineWriter): void {
  const compiled = EVENT_LINES.get(entry.event) ?? [];
  if (compiled.length === 0) return;
  const t = nextSampleTime(state);
  const random = createSeekableRandom();
  entry.record.devices.forEach((device, k) => {
    const moment = momentOf(entry, k, t);
    if (moment === undefined) return;
    const { name, city } = state.devices[device];
    const region = REGION_CODES[state.columns.region[device]];
    random.seek(drawAt(momentKey(state.columns.keys[device], tickKey(state.tick)), EVENT_SLOT + entry.slot));
    compiled.forEach((line, kind) => {
      const { when } = entry.event.lines[kind];
      const count = 'atS' in when ? Number(when.atS === moment.elapsedS) : drawCount(when.perSecond(moment), random);
      for (let n = 0; n < count; n++) {
        const context = { random, host: name, city, region };
        writer.add(t - random.int(STEP_MS / 2), device, line.level, renderLine(line, context));
      }
    });
  });
}

/** Above every slot of a device's usual numbers. */
const EVENT_SLOT = 1000;

/** How much longer answers take at a share of capacity than at the usual one: the waiting time of a single-server queue, M/M/1. */
export function slownessAt(use: number, usual: number): number {
  return Math.min(MAX_SLOWNESS, (1 - usual) / Math.max(0.02, 1 - use));
}

function pick(choice: LineChoice, { random }: Context): CompiledScript {
  return choice.scripts.length === 1 ? choice.scripts[0] : pickScript(choice, random);
}

function writeScript(
  writer: LineWriter,
  { lines, isBlock }: CompiledScript,
  { t, device }: { readonly t: number; readonly device: number },
  context: Context,
): void {
  const { random } = context;
  let at = t - random.int(STEP_MS);
  context.req = lines.length > 1 ? `req-${hex(random, 12)}` : undefined;
  for (let k = 0; k < lines.length; k++) {
    if (k > 0 && !isBlock) at = Math.min(t, at + 1 + random.int(40));
    writer.add(at, device, lines[k].level, renderLine(lines[k], context));
  }
}
