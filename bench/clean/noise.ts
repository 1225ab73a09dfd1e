import { createRandom, type Random } from '../../src/domain/random';

/** Values of one healthy metric, one after the other, about standard deviations around 0. */
type Noise = () => number;

const DAY_S = 86_400;
const AR = 0.9;
/** Level steps: one in so many samples, so many deviations wide. */
const STEP_SAMPLES = 200;
const STEP_WIDTH = 3;
const DAILY_SWING = 3;

/** Kinds of noise that a healthy metric may be made of; each is stationary, but for the time of day. */
export const NOISES: { readonly [name: string]: (random: Random, stepS: number) => Noise } = {
  normal: (random) => () => random.normal(),
  'AR .9': (random) => autoregressive(AR, () => random.normal()),
  'AR .98': (random) => autoregressive(0.98, () => random.normal()),
  t3: (random) => () => studentT3(random),
  'AR of t3': (random) => autoregressive(AR, () => studentT3(random)),
  lognormal: (random) => () => Math.exp(random.normal()),
  'AR of lognormal': (random) => {
    const ar = autoregressive(AR, () => random.normal());
    return () => Math.exp(ar());
  },
  steps: (random) => {
    let level = STEP_WIDTH * random.normal();
    return () => {
      if (random.next() < 1 / STEP_SAMPLES) level = STEP_WIDTH * random.normal();
      return level + random.normal();
    };
  },
  seasonal: (random, stepS) => {
    const ar = autoregressive(AR, () => random.normal());
    let second = DAY_S * random.next();
    return () => {
      second += stepS;
      return DAILY_SWING * Math.sin((2 * Math.PI * second) / DAY_S) + ar();
    };
  },
};

function autoregressive(phi: number, draw: Noise): Noise {
  let value = draw();
  return () => {
    value = phi * value + Math.sqrt(1 - phi * phi) * draw();
    return value;
  };
}

/** Student's t with 3 degrees of freedom: infinite kurtosis. */
function studentT3(random: Random): number {
  let sum = 0;
  for (let i = 0; i < 3; i++) sum += random.normal() ** 2;
  return random.normal() / Math.sqrt(sum / 3);
}

const LEVELS = [40, 50, 25, 100];
const SPREADS = [4, 1.5, 2, 12];

/** Columns of healthy rows, device by device in turn: `devices` of four metrics, `samples` each, `stepS` seconds apart. */
export function healthyColumns(
  name: string,
  made: { readonly devices: number; readonly samples: number; readonly stepS: number; readonly seed: number },
): Float32Array<ArrayBuffer>[] {
  const { devices, samples, stepS, seed } = made;
  return LEVELS.map((level, m) => {
    const column = new Float32Array(devices * samples);
    for (let d = 0; d < devices; d++) {
      const noise = NOISES[name](createRandom(seed, `${name} ${m} ${d}`), stepS);
      for (let i = 0; i < samples; i++) column[i * devices + d] = level + SPREADS[m] * noise();
    }
    return column;
  });
}
