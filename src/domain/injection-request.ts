import type { Device, Region } from './catalog';
import type { FaultSpec, InjectionRequest } from './faults';
import { checkFields, type Field, type FieldProblem, type FieldSpec, fieldsOfParams } from './fields';
import type { ParamSpec } from './params';
import type { Failure } from './result';

/** What a request is checked against: all of it is data that a run tells of itself. */
export interface RequestContext {
  readonly faults: readonly FaultSpec[];
  readonly regions: readonly Region[];
  /** Devices that there are; undefined: not known yet, so that ids are taken as they are. */
  readonly devices: readonly Device[] | undefined;
  /** Roles that can be meant. */
  readonly roles: readonly string[];
}

/** A refusal with all that is wrong; `message` holds every problem, one a line. */
export interface RefusedFields<Code extends string> {
  readonly ok: false;
  readonly error: Failure<Code> & { readonly problems: readonly FieldProblem[] };
}

export const MIN_DURATION_MS = 1000;
/** A week: the longest scenario. */
export const MAX_DURATION_MS = 604_800_000;
export const MAX_ONSET_S = 604_800;
/** Four weeks: how far ahead something can be planned. */
export const MAX_AHEAD_S = 2_419_200;
export const MAX_REPEATS = 1000;
const MAX_NAME = 40;

/** An injection request as data, for the devices, faults and regions of a run. */
export function describeRequest(context: RequestContext): FieldSpec {
  return { type: 'object', fields: requestFields(context) };
}

/** The fields of a request, the target as described. For whatever has requests in it, e.g. a scenario. */
export function requestFields(context: RequestContext): readonly Field[] {
  return [
    field('fault', 'Fault', 'What is done to the devices.', {
      type: 'choice',
      options: context.faults.map(({ id }) => id),
    }),
    field('target', 'Target', 'Which devices are hit.', describeTarget(context, true)),
    optional('origin', 'Origin', 'Where it comes from, and where a new device stands.', {
      type: 'choice',
      options: context.regions.map(({ id }) => id),
    }),
    field('intensity', 'Intensity', 'Share of its full strength.', { type: 'number', min: 0, max: 1, above: true }),
    field('durationMs', 'Duration', 'How long it lasts, in milliseconds.', {
      type: 'number',
      min: MIN_DURATION_MS,
      max: MAX_DURATION_MS,
    }),
    optional('onset', 'Onset', 'How it comes: at once, in a straight line, or creeping.', ONSET),
    optional('start', 'Start', 'When it begins.', START),
    optional('params', 'Parameters', 'The numbers that only this fault has.', {
      type: 'by',
      on: 'fault',
      of: Object.fromEntries(context.faults.map((fault) => [fault.id, fieldsOfParams(ownParams(fault))])),
    }),
  ];
}

/** Which devices are meant. withNew: whether a device may join for it. */
export function describeTarget(
  { devices, regions, roles }: Pick<RequestContext, 'devices' | 'regions' | 'roles'>,
  withNew: boolean,
): FieldSpec {
  const device: FieldSpec =
    devices === undefined
      ? { type: 'text', min: 1, max: 80, like: 'printable' }
      : { type: 'choice', options: devices.map(({ id }) => id) };
  const role: FieldSpec = { type: 'choice', options: roles };
  const name: FieldSpec = { type: 'text', min: 1, max: MAX_NAME, like: 'printable' };
  return {
    type: 'cases',
    tag: 'kind',
    cases: {
      device: [field('deviceId', 'Device', 'The one that is hit.', device)],
      devices: [
        field('deviceIds', 'Devices', 'Those that are hit.', {
          type: 'list',
          item: device,
          min: 1,
          max: 10_000,
        }),
      ],
      role: [field('role', 'Role', 'All devices of it.', role)],
      region: [
        field('region', 'Region', 'All devices in it.', { type: 'choice', options: regions.map(({ id }) => id) }),
      ],
      share: [
        field('share', 'Share', 'Which part of the devices, chosen by the seed.', {
          type: 'number',
          min: 0,
          max: 1,
          above: true,
        }),
        optional('role', 'Role', 'Only devices of it.', role),
      ],
      ...(withNew ? { 'new-device': [field('name', 'Name', 'Of a device that joins the fleet.', name)] } : {}),
    },
  };
}

const seconds: FieldSpec = { type: 'number', min: 0, max: MAX_AHEAD_S };

const ONSET: FieldSpec = {
  type: 'cases',
  tag: 'shape',
  cases: {
    step: [field('seconds', 'Seconds', 'None: a step is at once.', { type: 'number', min: 0, max: 0 })],
    ramp: [
      field('seconds', 'Seconds', 'Until it has its full size.', {
        type: 'number',
        min: 0,
        max: MAX_ONSET_S,
        above: true,
      }),
    ],
    creep: [
      field('seconds', 'Seconds', 'Until it has its full size.', {
        type: 'number',
        min: 0,
        max: MAX_ONSET_S,
        above: true,
      }),
    ],
  },
};

const START: FieldSpec = {
  type: 'cases',
  tag: 'kind',
  cases: {
    now: [],
    in: [field('seconds', 'Seconds', 'From now.', seconds)],
    repeat: [
      field('everySeconds', 'Every', 'Seconds from one beginning to the next.', {
        type: 'number',
        min: 1,
        max: MAX_AHEAD_S,
      }),
      field('times', 'Times', 'How often in all.', { type: 'number', min: 1, max: MAX_REPEATS, whole: true }),
      field('firstInSeconds', 'First in', 'Seconds until the first one.', seconds),
    ],
  },
};

/**
 * Checks an injection request that may be anything, e.g. JSON that a person typed. Devices, faults, regions, roles and params are checked
 * against the context. Error: `injection-request` with every wrong field by path and value.
 */
export function checkInjectionRequest(
  input: unknown,
  context: RequestContext,
): { readonly ok: true; readonly value: InjectionRequest } | RefusedFields<'injection-request'> {
  const problems = checkFields(describeRequest(context), input);
  if (problems.length > 0) return refuseFields('injection-request', problems);
  // The description is that of the type, and nothing else is in it.
  return { ok: true, value: input as InjectionRequest };
}

/** The refusal of something with wrong fields. problems: at least one. */
export function refuseFields<Code extends string>(code: Code, problems: readonly FieldProblem[]): RefusedFields<Code> {
  return { ok: false, error: { code, message: problems.map(({ message }) => message).join('\n'), problems } };
}

/** A fault's own params: all but intensity and duration, which stand in a request by themselves. */
export function ownParams(fault: Pick<FaultSpec, 'params'>): readonly ParamSpec[] {
  return fault.params.filter(({ key }) => key !== 'intensity' && key !== 'duration');
}

function field(key: string, label: string, help: string, spec: FieldSpec): Field {
  return { key, label, help, optional: false, spec };
}

function optional(key: string, label: string, help: string, spec: FieldSpec): Field {
  return { key, label, help, optional: true, spec };
}
