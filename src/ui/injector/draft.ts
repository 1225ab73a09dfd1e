import type { FaultSpec, OnsetShape, Start, Target } from '../../domain/faults';
import type { DeviceId } from '../../domain/ids';
import { ownParams } from '../../domain/injection-request';
import type { ParamSpec } from '../../domain/params';

/** What the form holds. Numbers that are typed stay text, so that what is wrong can be shown beside its field. */
export interface Draft {
  readonly fault: string;
  readonly target: Target['kind'];
  readonly deviceId: string;
  readonly deviceIds: readonly string[];
  readonly role: string;
  readonly region: string;
  readonly sharePct: string;
  /** '' = of all roles. */
  readonly shareRole: string;
  readonly newName: string;
  /** Region id; '' = where the device itself stands. */
  readonly origin: string;
  /** (0, 1] */
  readonly intensity: number;
  readonly durationS: string;
  readonly onset: OnsetShape;
  readonly onsetS: string;
  readonly start: Start['kind'];
  readonly inS: string;
  readonly everyS: string;
  readonly times: string;
  readonly firstInS: string;
  /** The fault's own numbers by key. */
  readonly params: Readonly<Record<string, string>>;
}

/** For a fault that does not describe its own intensity. */
const INTENSITY_SPEC: ParamSpec = {
  key: 'intensity',
  label: 'Intensity',
  unit: '',
  min: 0.05,
  max: 1,
  default: 0.8,
  step: 0.05,
  help: 'How strong the fault is, as a share of its full strength.',
};

const DEFAULT_DURATION_S = 120;
const DEFAULT_ONSET_S = 60;

/** The intensity as the fault describes it. */
export function intensitySpec(fault: FaultSpec | undefined): ParamSpec {
  return fault?.params.find(({ key }) => key === 'intensity') ?? INTENSITY_SPEC;
}

/** A draft for another fault: its own intensity, duration, onset and numbers; targets and start stay. */
export function withFault(draft: Draft, fault: FaultSpec): Draft {
  const duration = fault.params.find(({ key }) => key === 'duration')?.default ?? DEFAULT_DURATION_S;
  return {
    ...draft,
    fault: fault.id,
    intensity: intensitySpec(fault).default,
    durationS: String(duration),
    onset: fault.onset,
    onsetS: String(fault.onset === 'step' ? DEFAULT_ONSET_S : fault.onsetS),
    params: Object.fromEntries(ownParams(fault).map(({ key, default: own }) => [key, String(own)])),
  };
}

/** The draft that the form begins with. */
export function firstDraft(fault: FaultSpec, chosen: Pick<Draft, 'deviceId' | 'role' | 'region' | 'origin'>): Draft {
  const plain: Draft = {
    ...chosen,
    fault: fault.id,
    target: 'device',
    deviceIds: [],
    sharePct: '10',
    shareRole: '',
    newName: '',
    intensity: 0,
    durationS: '',
    onset: 'step',
    onsetS: '',
    start: 'now',
    inS: '30',
    everyS: '300',
    times: '3',
    firstInS: '0',
    params: {},
  };
  return withFault(plain, fault);
}

/** The draft as a request, not yet checked: a number that is none stays what was typed, an empty one is nothing. */
export function toRequest(draft: Draft): Readonly<Record<string, unknown>> {
  const params = Object.fromEntries(Object.entries(draft.params).map(([key, text]) => [key, readNumber(text)]));
  return {
    fault: draft.fault,
    target: readTarget(draft),
    ...(draft.origin === '' ? {} : { origin: draft.origin }),
    intensity: draft.intensity,
    durationMs: scaled(draft.durationS, 1000),
    onset: { shape: draft.onset, seconds: draft.onset === 'step' ? 0 : readNumber(draft.onsetS) },
    start: readStart(draft),
    ...(Object.keys(params).length === 0 ? {} : { params }),
  };
}

function readTarget(draft: Draft): unknown {
  const kind = draft.target;
  switch (kind) {
    case 'device':
      return { kind, deviceId: draft.deviceId as DeviceId };
    case 'devices':
      return { kind, deviceIds: draft.deviceIds };
    case 'role':
      return { kind, role: draft.role };
    case 'region':
      return { kind, region: draft.region };
    case 'share':
      return {
        kind,
        share: scaled(draft.sharePct, 0.01),
        ...(draft.shareRole === '' ? {} : { role: draft.shareRole }),
      };
    case 'new-device':
      return { kind, name: draft.newName.trim() };
  }
}

function readStart(draft: Draft): unknown {
  const kind = draft.start;
  switch (kind) {
    case 'now':
      return { kind };
    case 'in':
      return { kind, seconds: readNumber(draft.inS) };
    case 'repeat':
      return {
        kind,
        everySeconds: readNumber(draft.everyS),
        times: readNumber(draft.times),
        firstInSeconds: readNumber(draft.firstInS),
      };
  }
}

function readNumber(text: string): unknown {
  if (text.trim() === '') return undefined;
  const value = Number(text);
  return Number.isNaN(value) ? text : value;
}

/** Rounded, so that 29 % is 0.29 and not 0.29000000000000004. */
function scaled(text: string, factor: number): unknown {
  const value = readNumber(text);
  return typeof value === 'number' ? Number((value * factor).toPrecision(12)) : value;
}
