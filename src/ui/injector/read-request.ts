import type { FaultSpec, InjectionRequest } from '../../domain/faults';
import type { FieldProblem } from '../../domain/fields';
import { type Draft, withFault } from './draft';

export interface TakenOver {
  readonly draft: Draft;
  /** First names of the fields that were wrong and so are as they were. */
  readonly left: readonly string[];
}

/**
 * The form for a request that may be wrong in some fields: what is right is taken over, what is wrong stays as `before` has it. Fields that
 * the request does not have are as the fault has them. problems: those of `checkInjectionRequest` on `input`. Degenerate: not an
 * object at all: everything stays.
 */
export function fromRequest(
  input: unknown,
  problems: readonly FieldProblem[],
  before: Draft,
  faults: readonly FaultSpec[],
): TakenOver {
  const left = [...new Set(problems.map(({ path }) => path.split(/[.[]/, 1)[0]))];
  if (left.includes('') || typeof input !== 'object' || input === null) return { draft: before, left };
  // Whatever has no problem is as described; only such fields are read.
  const request = input as InjectionRequest;
  const isRight = (field: keyof InjectionRequest): boolean => !left.includes(field);
  const fault = isRight('fault') ? faults.find(({ id }) => id === request.fault) : undefined;
  let draft = fault === undefined ? before : withFault(before, fault);
  if (isRight('target')) draft = { ...draft, ...readTarget(request.target) };
  if (isRight('origin')) draft = { ...draft, origin: request.origin ?? '' };
  if (isRight('intensity')) draft = { ...draft, intensity: request.intensity };
  if (isRight('durationMs')) draft = { ...draft, durationS: String(request.durationMs / 1000) };
  if (isRight('onset') && request.onset !== undefined) {
    const { shape, seconds } = request.onset;
    draft = { ...draft, onset: shape, ...(shape === 'step' ? {} : { onsetS: String(seconds) }) };
  }
  if (isRight('start')) draft = { ...draft, ...readStart(request.start) };
  // Of a fault that is not known nothing is known of its numbers either.
  if (isRight('params') && fault !== undefined) {
    const given = Object.entries(request.params ?? {}).map(([key, value]) => [key, String(value)]);
    draft = { ...draft, params: { ...draft.params, ...Object.fromEntries(given) } };
  }
  return { draft, left };
}

function readTarget(target: InjectionRequest['target']): Partial<Draft> {
  switch (target.kind) {
    case 'device':
      return { target: 'device', deviceId: target.deviceId };
    case 'devices':
      return { target: 'devices', deviceIds: target.deviceIds };
    case 'role':
      return { target: 'role', role: target.role };
    case 'region':
      return { target: 'region', region: target.region };
    case 'share':
      return {
        target: 'share',
        sharePct: String(Number((target.share * 100).toPrecision(12))),
        shareRole: target.role ?? '',
      };
    case 'new-device':
      return { target: 'new-device', newName: target.name };
  }
}

function readStart(start: InjectionRequest['start']): Partial<Draft> {
  switch (start?.kind) {
    case 'in':
      return { start: 'in', inS: String(start.seconds) };
    case 'repeat':
      return {
        start: 'repeat',
        everyS: String(start.everySeconds),
        times: String(start.times),
        firstInS: String(start.firstInSeconds),
      };
    default:
      return { start: 'now' };
  }
}
