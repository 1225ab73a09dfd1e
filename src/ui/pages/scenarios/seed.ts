import { checkParam, type ParamSpec } from '../../../domain/params';
import { err, type Result } from '../../../domain/result';

const SEED: ParamSpec = {
  key: 'seed',
  label: 'Seed',
  unit: '',
  min: 0,
  max: 4_294_967_295,
  default: 1,
  step: 1,
  help: '',
};

/** A typed seed. Error: `param-range` for anything but a whole number from 0 to 4,294,967,295. */
export function checkSeed(text: string): Result<number, 'param-range'> {
  if (text.trim() === '') return err('param-range', `Seed must be in [${SEED.min}, ${SEED.max}], got nothing`);
  return checkParam(SEED, Number(text), 'Seed');
}
