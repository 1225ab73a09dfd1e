import { type Injection, ONSET_SHAPES } from '../domain/faults';
import { checkFields } from '../domain/fields';
import { deviceId, injectionId } from '../domain/ids';
import { MAX_ONSET_S, ownParams } from '../domain/injection-request';
import type { PlainData } from '../domain/models';
import { fromJson, toJson } from '../domain/plain-data';
import type { ScenarioFault } from '../domain/scenario';
import { describeScenarioFault } from '../domain/scenario-check';
import {
  BadField,
  fail,
  MAX_TIME_MS,
  readKnown,
  readList,
  readNumber,
  readObject,
  readOneOf,
  readRandoms,
  readText,
  readWhole,
  saveRandoms,
} from './checkpoint-read';
import { findFault } from './faults/registry';
import type { InjectionEntry } from './injections';
import { findRegion } from './regions';
import { SCENARIO_CONTEXT } from './scenarios/context';
import type { FleetScenario } from './scenarios/play';
import type { FleetState } from './state';

/** One entry of the book as plain data: its names follow from fault, device and region. */
export function saveEntry({ injection, device, random, before }: InjectionEntry): PlainData {
  const { id, group, fault, intensity, onset, params, from, to, status, note, by, origin, joinedAt } = injection;
  return {
    id,
    group,
    fault,
    device,
    origin: origin.id,
    intensity,
    onset: [onset.shape, onset.seconds],
    params: { ...params },
    from,
    to,
    status,
    note,
    by,
    joinedAt: joinedAt ?? null,
    before: before === undefined ? null : [before.cpu, before.memory, before.disk, before.network],
    random: saveRandoms([random]),
  };
}

/** Reads what saveEntry gave. Throws BadField. */
export function readEntry(input: unknown, path: string, state: FleetState): InjectionEntry {
  const source = readObject(input, path);
  const fault = readKnown(findFault, source.fault, `${path}.fault`);
  const device = readWhole(source.device, `${path}.device`, 0, state.devices.length - 1);
  const from = readNumber(source.from, `${path}.from`, -MAX_TIME_MS, MAX_TIME_MS);
  const [shape, seconds] = readList(source.onset, `${path}.onset`, 2);
  const params = readObject(source.params, `${path}.params`);
  const injection: Injection = {
    id: injectionId(readText(source.id, `${path}.id`)),
    group: readText(source.group, `${path}.group`),
    fault: fault.spec.id,
    faultLabel: fault.spec.label,
    deviceId: deviceId(state.devices[device].id),
    deviceName: state.devices[device].name,
    origin: readKnown(findRegion, source.origin, `${path}.origin`),
    intensity: readNumber(source.intensity, `${path}.intensity`, Number.MIN_VALUE, 1),
    onset: {
      shape: readOneOf(shape, ONSET_SHAPES, `${path}.onset[0]`),
      seconds: readNumber(seconds, `${path}.onset[1]`, 0, MAX_ONSET_S),
    },
    params: Object.fromEntries(
      ownParams(fault.spec).map(({ key, min, max }) => [
        key,
        readNumber(Object.hasOwn(params, key) ? params[key] : undefined, `${path}.params.${key}`, min, max),
      ]),
    ),
    from,
    to: readNumber(source.to, `${path}.to`, from, MAX_TIME_MS),
    status: readOneOf(source.status, ['scheduled', 'running', 'ended', 'stopped', 'refused'], `${path}.status`),
    note: readText(source.note, `${path}.note`),
    by: readOneOf(source.by, ['operator', 'ambient', 'scenario'], `${path}.by`),
    ...(source.joinedAt === null
      ? {}
      : { joinedAt: readNumber(source.joinedAt, `${path}.joinedAt`, -MAX_TIME_MS, MAX_TIME_MS) }),
  };
  const [random] = readRandoms(source.random, `${path}.random`, 1);
  return { injection, device, random, before: readValues(source.before, `${path}.before`) };
}

/** What is played as plain data: its name and what still waits for its tick. */
export function saveScenario(scenario: FleetScenario | undefined): PlainData {
  if (scenario === undefined) return null;
  return {
    head: { ...scenario.head },
    pending: scenario.pending.map(({ tick, fault }) => ({ tick, fault: toJson(fault) as PlainData })),
  };
}

/** Reads what saveScenario gave. Throws BadField. */
export function readScenario(input: unknown, path: string): FleetScenario | undefined {
  if (input === null) return undefined;
  const source = readObject(input, path);
  const head = readObject(source.head, `${path}.head`);
  const pending = readList(source.pending, `${path}.pending`, 2000).map((item, i) => {
    const place = `${path}.pending[${i}]`;
    const fields = readObject(item, place);
    const tick = readWhole(fields.tick, `${place}.tick`, 0, Number.MAX_SAFE_INTEGER);
    const fault = fromJson(fields.fault, `${place}.fault`);
    if (!fault.ok) throw new BadField(fault.error.message);
    const [problem] = checkFields(describeScenarioFault(SCENARIO_CONTEXT), fault.value, `${place}.fault`);
    if (problem !== undefined) throw new BadField(problem.message);
    return { tick, fault: fault.value as unknown as ScenarioFault };
  });
  return {
    head: {
      id: readText(head.id, `${path}.head.id`),
      name: readText(head.name, `${path}.head.name`),
      durationS: readNumber(head.durationS, `${path}.head.durationS`, 0, MAX_TIME_MS),
      healthy: readFlag(head.healthy, `${path}.head.healthy`),
      ambientFaults: readFlag(head.ambientFaults, `${path}.head.ambientFaults`),
    },
    pending,
  };
}

function readFlag(value: unknown, path: string): boolean {
  if (typeof value !== 'boolean') fail(path, 'true or false', value);
  return value;
}

function readValues(input: unknown, path: string): InjectionEntry['before'] {
  if (input === null) return undefined;
  const list = readList(input, path, 4);
  const [cpu, memory, disk, network] = [0, 1, 2, 3].map((i) => readNumber(list[i], `${path}[${i}]`, 0, MAX_TIME_MS));
  return { cpu, memory, disk, network };
}
