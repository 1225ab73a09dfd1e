import type { PlainData } from '../../domain/models';
import { err, ok, type Result } from '../../domain/result';
import { readArray, readInteger, readList, readLiteral, readObject } from '../read-saved';
import type { Activation, DenseWeights, NetworkWeights } from './autoencoder';

const MAX_LAYERS = 16;
const MAX_UNITS = 4096;
/** R19: at most 1 M parameters. */
const MAX_PARAMETERS = 1_000_000;
const MAX_TOPOLOGY_CHARS = 65_536;
/** Trained weights of such a network stay within a few units; larger ones could overflow float32 on the way through. */
const MAX_WEIGHT = 1e6;
const KERAS_VERSION = 'tfjs-layers 4.22.0';

type BadModel<T> = Result<T, 'bad-model'>;

interface LayerShape {
  readonly name: string;
  readonly activation: Activation;
  readonly inputs: number;
  readonly units: number;
}

/** The layers as a TF.js LayersModel topology (JSON text). */
export function networkTopology(network: NetworkWeights): string {
  const layers = network.layers.map(({ name, activation, inputs, units }) => ({
    class_name: 'Dense',
    config: {
      name,
      units,
      activation,
      use_bias: true,
      trainable: true,
      dtype: 'float32',
      batch_input_shape: [null, inputs],
    },
  }));
  return JSON.stringify({
    class_name: 'Sequential',
    config: { name: 'autoencoder', layers },
    keras_version: KERAS_VERSION,
    backend: 'tensor_flow.js',
  });
}

/** The network as plain values: topology and weights `<layer>/kernel`, `<layer>/bias` in order. */
export function saveNetwork(network: NetworkWeights): PlainData {
  return {
    topology: networkTopology(network),
    weights: network.layers.flatMap(({ name, inputs, units, kernel, bias }) => [
      { name: `${name}/kernel`, shape: [inputs, units], data: kernel.slice() },
      { name: `${name}/bias`, shape: [units], data: bias.slice() },
    ]),
  };
}

/**
 * Reads what `saveNetwork` gave, trusting nothing; TensorFlow.js never sees the text. Dense layers only, relu or sigmoid, float32, unique names, shapes that
 * chain from `inputs` back to `inputs` and match the weights, at most 1 M finite weights. Errors: bad-model naming the field.
 */
export function readNetwork(saved: unknown, inputs: number, path = 'network'): BadModel<NetworkWeights> {
  const object = readObject(saved, path, ['topology', 'weights']);
  if (!object.ok) return object;
  const shapes = readTopology(object.value.topology, inputs, `${path}.topology`);
  if (!shapes.ok) return shapes;
  const weights = readList(object.value.weights, `${path}.weights`, 2 * MAX_LAYERS);
  if (!weights.ok) return weights;
  if (weights.value.length !== 2 * shapes.value.length) {
    return err(
      'bad-model',
      `${path}.weights must have ${2 * shapes.value.length} entries, got ${weights.value.length}`,
    );
  }
  const layers: DenseWeights[] = [];
  for (const [i, shape] of shapes.value.entries()) {
    const { name, inputs: rows, units } = shape;
    const kernel = readWeight(weights.value[2 * i], `${path}.weights[${2 * i}]`, `${name}/kernel`, [rows, units]);
    if (!kernel.ok) return kernel;
    const bias = readWeight(weights.value[2 * i + 1], `${path}.weights[${2 * i + 1}]`, `${name}/bias`, [units]);
    if (!bias.ok) return bias;
    layers.push({ ...shape, kernel: kernel.value, bias: bias.value });
  }
  return ok({ layers });
}

function readTopology(text: unknown, inputs: number, path: string): BadModel<readonly LayerShape[]> {
  if (typeof text !== 'string' || text.length > MAX_TOPOLOGY_CHARS) {
    return err('bad-model', `${path} must be a text of at most ${MAX_TOPOLOGY_CHARS} characters, got ${typeof text}`);
  }
  const parsed = parseJson(text, path);
  if (!parsed.ok) return parsed;
  const model = readObject(parsed.value, path, ['class_name', 'config', 'keras_version', 'backend']);
  if (!model.ok) return model;
  const kind = readLiteral(model.value.class_name, `${path}.class_name`, ['Sequential']);
  if (!kind.ok) return kind;
  const config = readObject(model.value.config, `${path}.config`, ['name', 'layers']);
  if (!config.ok) return config;
  const list = readList(config.value.layers, `${path}.config.layers`, MAX_LAYERS);
  if (!list.ok) return list;
  const layers: LayerShape[] = [];
  let width = inputs;
  let parameters = 0;
  for (const [i, entry] of list.value.entries()) {
    const layer = readLayer(entry, width, `${path}.config.layers[${i}]`);
    if (!layer.ok) return layer;
    const { name, units } = layer.value;
    if (layers.some((other) => other.name === name)) return err('bad-model', `${path}: two layers are named ${name}`);
    parameters += (width + 1) * units;
    width = units;
    layers.push(layer.value);
  }
  if (parameters > MAX_PARAMETERS)
    return err('bad-model', `${path} has ${parameters} weights, at most ${MAX_PARAMETERS}`);
  if (layers.length === 0 || width !== inputs) {
    return err('bad-model', `${path} must end with ${inputs} units, got ${layers.length === 0 ? 'no layers' : width}`);
  }
  return ok(layers);
}

function readLayer(entry: unknown, inputs: number, path: string): BadModel<LayerShape> {
  const layer = readObject(entry, path, ['class_name', 'config']);
  if (!layer.ok) return layer;
  const kind = readLiteral(layer.value.class_name, `${path}.class_name`, ['Dense']);
  if (!kind.ok) return kind;
  const keys = ['name', 'units', 'activation', 'use_bias', 'trainable', 'dtype', 'batch_input_shape'];
  const config = readObject(layer.value.config, `${path}.config`, keys);
  if (!config.ok) return config;
  const { name, units, activation, use_bias, trainable, dtype, batch_input_shape } = config.value;
  if (typeof name !== 'string' || !/^[a-z][a-z0-9-]{0,39}$/.test(name)) {
    return err('bad-model', `${path}.config.name must be a short plain name, got ${String(name).slice(0, 60)}`);
  }
  if (use_bias !== true || trainable !== true)
    return err('bad-model', `${path}.config must use a bias and be trainable`);
  const type = readLiteral(dtype, `${path}.config.dtype`, ['float32']);
  if (!type.ok) return type;
  const shape = readList(batch_input_shape, `${path}.config.batch_input_shape`, 2);
  if (!shape.ok) return shape;
  if (shape.value.length !== 2 || shape.value[0] !== null || shape.value[1] !== inputs) {
    return err(
      'bad-model',
      `${path}.config.batch_input_shape must be [null, ${inputs}], got ${JSON.stringify(shape.value)}`,
    );
  }
  const width = readInteger(units, `${path}.config.units`, 1, MAX_UNITS);
  if (!width.ok) return width;
  const shapeOf = readLiteral(activation, `${path}.config.activation`, ['relu', 'sigmoid']);
  if (!shapeOf.ok) return shapeOf;
  return ok({ name, activation: shapeOf.value, inputs, units: width.value });
}

function readWeight(entry: unknown, path: string, name: string, shape: readonly number[]): BadModel<Float32Array> {
  const object = readObject(entry, path, ['name', 'shape', 'data']);
  if (!object.ok) return object;
  const named = readLiteral(object.value.name, `${path}.name`, [name]);
  if (!named.ok) return named;
  const given = readList(object.value.shape, `${path}.shape`, 2);
  if (!given.ok) return given;
  if (given.value.length !== shape.length || given.value.some((size, i) => size !== shape[i])) {
    return err('bad-model', `${path}.shape must be [${shape.join(', ')}], got ${JSON.stringify(given.value)}`);
  }
  const length = shape.reduce((product, size) => product * size, 1);
  return readArray(object.value.data, `${path}.data`, Float32Array, { length, min: -MAX_WEIGHT, max: MAX_WEIGHT });
}

function parseJson(text: string, path: string): BadModel<unknown> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch (error) {
    return err('bad-model', `${path} is not JSON: ${String(error)}`);
  }
}
