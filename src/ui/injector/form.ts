import type { FaultSpec, InjectionRequest } from '../../domain/faults';
import type { DeviceId } from '../../domain/ids';
import type { ParamSpec } from '../../domain/params';
import { err, ok, type Result } from '../../domain/result';

/** What the injector's form holds. */
export interface InjectorForm {
  readonly fault: string;
  /** Device id, or NEW_DEVICE. */
  readonly device: string;
  readonly newName: string;
  readonly origin: string;
  /** (0, 1] */
  readonly intensity: number;
  readonly durationS: number;
}

export const NEW_DEVICE = 'new';
const MAX_NAME = 40;

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

/** For a fault that does not describe its own duration. */
const DURATION_SPEC: ParamSpec = {
  key: 'duration',
  label: 'Duration',
  unit: 's',
  min: 1,
  max: 86_400,
  default: 120,
  step: 1,
  help: 'How long the fault lasts.',
};

/** The two numbers of an injection, as the fault describes them. Intensity in (0, 1], duration in seconds. */
export function injectionSpecs(fault: FaultSpec | undefined): {
  readonly intensity: ParamSpec;
  readonly duration: ParamSpec;
} {
  const own = (fallback: ParamSpec): ParamSpec => fault?.params.find(({ key }) => key === fallback.key) ?? fallback;
  return { intensity: own(INTENSITY_SPEC), duration: own(DURATION_SPEC) };
}

/** The form as a request. Errors: `form` naming what is missing, with its value. */
export function readForm(form: InjectorForm, takenNames: readonly string[]): Result<InjectionRequest, 'form'> {
  if (form.fault === '') return err('form', 'choose a fault');
  if (form.origin === '') return err('form', 'choose an origin');
  const rest = {
    fault: form.fault,
    origin: form.origin,
    intensity: form.intensity,
    durationMs: form.durationS * 1000,
  };
  if (form.device !== NEW_DEVICE) {
    if (form.device === '') return err('form', 'choose a device');
    return ok({ ...rest, target: { kind: 'device', deviceId: form.device as DeviceId } });
  }
  const name = form.newName.trim();
  if (name === '') return err('form', 'give the new device a name');
  if (name.length > MAX_NAME)
    return err('form', `the name must have at most ${MAX_NAME} characters, got ${name.length}`);
  if (takenNames.includes(name)) return err('form', `there is a device with the name "${name}" already`);
  return ok({ ...rest, target: { kind: 'new-device', name } });
}
