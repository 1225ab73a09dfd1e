// Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015: their recommended decay rates and stabiliser.
const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-7;

/** Adam on plain arrays: a tenth of the kernel calls of tfjs's own (one per operation and variable), and nothing of it can leak tensors. */
export interface Adam {
  /** Moves the parameters against the gradients (same shapes as at creation). Gives the parameters, which stay Adam's own. */
  step(gradients: readonly Float32Array[], learningRate: number): readonly Float32Array[];
}

/** Starts from copies of the given parameters. */
export function createAdam(parameters: readonly Float32Array[]): Adam {
  const values = parameters.map((array) => array.slice());
  const first = parameters.map((array) => new Float32Array(array.length));
  const second = parameters.map((array) => new Float32Array(array.length));
  let power1 = 1;
  let power2 = 1;
  return {
    step(gradients, learningRate) {
      power1 *= BETA1;
      power2 *= BETA2;
      const scale = (learningRate * Math.sqrt(1 - power2)) / (1 - power1);
      for (let k = 0; k < values.length; k++) {
        const value = values[k];
        const m = first[k];
        const v = second[k];
        const gradient = gradients[k];
        for (let i = 0; i < value.length; i++) {
          const g = gradient[i];
          m[i] = BETA1 * m[i] + (1 - BETA1) * g;
          v[i] = BETA2 * v[i] + (1 - BETA2) * g * g;
          value[i] -= (scale * m[i]) / (Math.sqrt(v[i]) + EPSILON);
        }
      }
      return values;
    },
  };
}
