import { describe, expect, it } from 'vitest';
import type { NetworkWeights } from './autoencoder';
import { readNetwork, saveNetwork } from './network-file';

const INPUTS = 4;

function network(): NetworkWeights {
  const layer = (name: string, activation: 'relu' | 'sigmoid', inputs: number, units: number) => ({
    name,
    activation,
    inputs,
    units,
    kernel: Float32Array.from({ length: inputs * units }, (_, i) => i / 7),
    bias: Float32Array.from({ length: units }, (_, i) => -i / 3),
  });
  return { layers: [layer('hidden-1', 'relu', INPUTS, 2), layer('output', 'sigmoid', 2, INPUTS)] };
}

// biome-ignore lint/suspicious/noExplicitAny: crafted bad models are made by breaking a good one wherever it hurts
type Loose = any;

function crafted(change: (saved: Loose, topology: Loose) => void): unknown {
  const saved: Loose = structuredClone(saveNetwork(network()));
  const topology: Loose = JSON.parse(saved.topology);
  change(saved, topology);
  if (typeof saved.topology === 'string' && !saved.raw) saved.topology = JSON.stringify(topology);
  delete saved.raw;
  return saved;
}

it('reads back what it saved, to the bit', () => {
  const read = readNetwork(structuredClone(saveNetwork(network())), INPUTS);
  expect(read).toEqual({ ok: true, value: network() });
});

describe('refuses, with the field in its message,', () => {
  const cases: readonly (readonly [string, unknown, RegExp])[] = [
    ['no object', null, /network must be an object/],
    [
      'another key',
      crafted((saved) => {
        saved.extra = 1;
      }),
      /network\.extra/,
    ],
    [
      'a topology that is not JSON',
      crafted((saved) => void Object.assign(saved, { raw: 1, topology: '{"a":' })),
      /not JSON/,
    ],
    [
      'a topology that is not text',
      crafted((saved) => {
        saved.topology = 7;
      }),
      /topology must be a text/,
    ],
    [
      'a huge topology',
      crafted((_, t) => {
        t.backend = 'x'.repeat(70_000);
      }),
      /at most 65536 characters/,
    ],
    [
      'a functional model',
      crafted((_, t) => {
        t.class_name = 'Functional';
      }),
      /class_name/,
    ],
    [
      'a Lambda layer',
      crafted((_, t) => {
        t.config.layers[0].class_name = 'Lambda';
      }),
      /class_name must be Dense/,
    ],
    [
      'an unknown activation',
      crafted((_, t) => {
        t.config.layers[0].config.activation = 'tanh';
      }),
      /activation/,
    ],
    [
      'an unknown setting',
      crafted((_, t) => {
        t.config.layers[0].config.call = 'x';
      }),
      /config\.call/,
    ],
    [
      '__proto__ in a layer',
      crafted(
        (saved) =>
          void Object.assign(saved, { raw: 1, topology: saved.topology.replace('"name"', '"__proto__":{},"name"') }),
      ),
      /__proto__/,
    ],
    [
      'string weights',
      crafted((_, t) => {
        t.config.layers[0].config.dtype = 'string';
      }),
      /dtype must be float32/,
    ],
    [
      'two layers of one name',
      crafted((_, t) => {
        t.config.layers[1].config.name = 'hidden-1';
      }),
      /two layers/,
    ],
    [
      'a name with odd characters',
      crafted((_, t) => {
        t.config.layers[0].config.name = '<img>';
      }),
      /name/,
    ],
    [
      'a negative number of units',
      crafted((_, t) => {
        t.config.layers[0].config.units = -2;
      }),
      /units/,
    ],
    [
      'half a unit',
      crafted((_, t) => {
        t.config.layers[0].config.units = 2.5;
      }),
      /units/,
    ],
    [
      'more than a million weights',
      crafted((_, t) => {
        t.config.layers[0].config.units = 4096;
        t.config.layers[1].config.batch_input_shape = [null, 4096];
        t.config.layers[1].config.units = 4096;
      }),
      /at most 1000000/,
    ],
    [
      'layers that do not chain',
      crafted((_, t) => {
        t.config.layers[1].config.batch_input_shape = [null, 3];
      }),
      /batch_input_shape/,
    ],
    [
      'an output of another width',
      crafted((_, t) => {
        t.config.layers[1].config.units = 5;
      }),
      /must end with 4/,
    ],
    [
      'no layers',
      crafted((saved, t) => {
        t.config.layers = [];
        saved.weights = [];
      }),
      /no layers/,
    ],
    [
      'too many layers',
      crafted((_, t) => {
        t.config.layers = Array(17).fill(t.config.layers[0]);
      }),
      /at most 16/,
    ],
    ['a missing weight', crafted((saved) => void saved.weights.pop()), /must have 4 entries/],
    [
      'a weight of another name',
      crafted((saved) => {
        saved.weights[0].name = 'x';
      }),
      /name must be hidden-1\/kernel/,
    ],
    [
      'a shape that claims more than the bytes',
      crafted((saved) => {
        saved.weights[0].shape = [1000, 1000];
      }),
      /shape must be \[4, 2\]/,
    ],
    [
      'too few bytes',
      crafted((saved) => {
        saved.weights[0].data = new Float32Array(7);
      }),
      /must have 8 entries, got 7/,
    ],
    [
      'float64 weights',
      crafted((saved) => {
        saved.weights[0].data = new Float64Array(8);
      }),
      /must be a Float32Array/,
    ],
    [
      'a weight that is not a number',
      crafted((saved) => {
        saved.weights[2].data[3] = Number.NaN;
      }),
      /data\[3\].*NaN/,
    ],
    [
      'an infinite weight',
      crafted((saved) => {
        saved.weights[1].data[0] = Number.POSITIVE_INFINITY;
      }),
      /data\[0\].*Infinity/,
    ],
  ];
  for (const [what, saved, message] of cases) {
    it(what, () => {
      const read = readNetwork(saved, INPUTS);
      expect(read.ok).toBe(false);
      if (!read.ok) expect(read.error.message).toMatch(message);
    });
  }
});
