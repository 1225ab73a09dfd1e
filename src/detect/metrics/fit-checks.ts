import { checkParam, defaultParams } from '../../domain/params';
import { err, ok, type Result } from '../../domain/result';
import type { DetectError, DetectorSpec, FeatureMatrix } from '../contract';

/** Fewer rows than this say nothing about what is normal. */
export const MIN_FIT_ROWS = 8;

/**
 * The door of every `fit`: shape, size, finiteness and parameters. Gives all parameters with defaults filled in.
 * Errors: bad-shape, too-few-rows, param-range; each names the value.
 */
export function checkFit(
  spec: DetectorSpec,
  features: FeatureMatrix,
  given: Readonly<Record<string, number>> = {},
): Result<Readonly<Record<string, number>>, DetectError> {
  const { n, f, data } = features;
  if (data.length < n * f) return err('bad-shape', `${n} x ${f} features need ${n * f} numbers, got ${data.length}`);
  if (n < MIN_FIT_ROWS) return err('too-few-rows', `${spec.label} needs at least ${MIN_FIT_ROWS} rows, got ${n}`);
  for (let i = 0; i < n * f; i++) {
    if (!Number.isFinite(data[i])) {
      return err('bad-shape', `feature ${i % f} of row ${Math.floor(i / f)} must be finite, got ${data[i]}`);
    }
  }
  const params = defaultParams(spec.params);
  for (const param of spec.params) {
    if (given[param.key] === undefined) continue;
    const checked = checkParam(param, given[param.key], `${spec.id}.${param.key}`);
    if (!checked.ok) return checked;
    params[param.key] = checked.value;
  }
  return ok(params);
}

/** Columns that hold at least two different values, ascending. */
export function varyingColumns({ n, f, data }: FeatureMatrix): number[] {
  const varying: number[] = [];
  for (let column = 0; column < f; column++) {
    for (let row = 1; row < n; row++) {
      if (data[row * f + column] !== data[column]) {
        varying.push(column);
        break;
      }
    }
  }
  return varying;
}
