import { err, ok, type Result } from './result';

/** One numeric parameter, described as data so that forms, pickers and checks appear by themselves. */
export interface ParamSpec {
  readonly key: string;
  readonly label: string;
  /** Unit as shown behind the number, '' when the number has none. */
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly default: number;
  /** Step of a spinner; 1 also means that the parameter must be a whole number. */
  readonly step: number;
  readonly help: string;
}

/**
 * Checks one value against its description.
 * Errors: `param-range` when it is not a finite number inside [min, max], or not whole where step is 1.
 */
export function checkParam(spec: ParamSpec, value: unknown, path: string = spec.key): Result<number, 'param-range'> {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < spec.min || value > spec.max) {
    return err(
      'param-range',
      `${path} must be in [${spec.min}, ${spec.max}], got ${value === undefined ? 'nothing' : String(value)}`,
    );
  }
  if (spec.step === 1 && !Number.isInteger(value)) {
    return err('param-range', `${path} must be a whole number, got ${value}`);
  }
  return ok(value);
}

/** The default of every parameter, by key. */
export function defaultParams(specs: readonly ParamSpec[]): Record<string, number> {
  return Object.fromEntries(specs.map((spec) => [spec.key, spec.default]));
}

/** Intensity and duration, the two numbers that every fault and every normal event has. durationS: default in seconds. */
export function strengthParams(
  durationS: number,
  intensity: { readonly default: number; readonly help: string },
  durationHelp: string,
): readonly ParamSpec[] {
  return [
    { key: 'intensity', label: 'Intensity', unit: '', min: 0.05, max: 1, step: 0.05, ...intensity },
    {
      key: 'duration',
      label: 'Duration',
      unit: 's',
      min: 1,
      max: 86_400,
      default: durationS,
      step: 1,
      help: durationHelp,
    },
  ];
}
