import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelId } from '../domain/ids';
import type { ModelKind, PlainData, SavedModel } from '../domain/models';
import { decodeModelFile, encodeModelFile, type ModelFileError } from './model-file';

const sha256 = async (bytes: Uint8Array): Promise<string> => createHash('sha256').update(bytes).digest('hex');

function model(kind: ModelKind, content: PlainData): SavedModel {
  return {
    info: {
      id: modelId(`${kind}-3`),
      kind,
      version: 3,
      origin: 'trained',
      trainedAt: 1_700_000_000_000,
      appVersion: '0.1.0',
      seed: 7,
      rows: 5000,
      windowFrom: 1_699_999_000_000,
      windowTo: 1_700_000_000_000,
      metricKeys: kind === 'metrics' ? ['cpu_usage'] : [],
      featureNames: ['cpu_usage', 'cpu_usage change'],
      rawThreshold: 0.61,
      params: { trees: 100, detector: 'isolation-forest' },
      trainedOn: 'fleet',
      active: true,
    },
    content,
  };
}

const METRICS = model('metrics', {
  forest: { feature: Int32Array.of(0, -1), threshold: Float32Array.of(0.25, -0) },
  scale: Float64Array.of(Math.PI, 5e-324),
  names: ['cpu', 'naïve "quoted" \ud800'],
});
const LOGS = model('logs', {
  weights: Float32Array.of(1e-45, 3.4e38),
  counts: Uint32Array.of(4_294_967_295),
  none: null,
});
const INPUT = { metrics: METRICS, logs: LOGS, createdAt: 1_700_000_001_000, appVersion: '0.1.0' };

/** A well-formed file with one thing changed and the digest made right again. */
async function craft(change: (file: Draft) => void): Promise<string> {
  const file = JSON.parse(await encodeModelFile(INPUT, sha256)) as Draft;
  change(file);
  const { format, schemaVersion, appVersion, createdAt, models } = file;
  const body = JSON.stringify({ format, schemaVersion, appVersion, createdAt, models });
  if (file.sha256 !== 'kept') file.sha256 = await sha256(new TextEncoder().encode(body));
  return JSON.stringify(file);
}
type Bag = Record<string, unknown>;
type Draft = Bag & { models: Record<ModelKind, { info: Bag; content: Bag } & Bag> & Bag };

const base64 = (values: Float32Array): string => Buffer.from(values.buffer).toString('base64');

describe('model files', () => {
  it('come back to the bit', async () => {
    const text = await encodeModelFile(INPUT, sha256);
    const file = await decodeModelFile(text, sha256);
    expect(file).toEqual({ ok: true, value: { ...INPUT, sha256: JSON.parse(text).sha256 } });
    const content = file.ok && (file.value.metrics?.content as { forest: { threshold: Float32Array } });
    expect(content && Object.is(content.forest.threshold[1], -0)).toBe(true);
  });

  it('may hold one model only', async () => {
    const text = await encodeModelFile({ ...INPUT, logs: undefined }, sha256);
    const file = await decodeModelFile(text, sha256);
    expect(file.ok && file.value.logs).toBeUndefined();
    expect(file.ok && file.value.metrics).toEqual(METRICS);
  });

  it('stay readable when a tool indents them', async () => {
    const text = JSON.stringify(JSON.parse(await encodeModelFile(INPUT, sha256)), null, 2);
    expect((await decodeModelFile(text, sha256)).ok).toBe(true);
  });

  it('are not written when they could not be read again', async () => {
    const bad = model('metrics', { scale: Float32Array.of(1, Number.NaN) });
    await expect(encodeModelFile({ ...INPUT, metrics: bad }, sha256)).rejects.toThrow(
      'models.metrics.content.scale[1] is NaN',
    );
    await expect(encodeModelFile({ createdAt: 0, appVersion: '' }, sha256)).rejects.toThrow('models is empty');
  });
});

/** Puts a value at a dotted path of the file. */
const set =
  (path: string, value: unknown) =>
  (file: Draft): void => {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const holder = keys.reduce<Bag>((bag, key) => bag[key] as Bag, file);
    holder[last] = value;
  };

const CRAFTED: readonly (readonly [string, (file: Draft) => void, ModelFileError, string])[] = [
  ['another app’s file', set('format', 'x'), 'not-a-model', 'not a model file: format is "x"'],
  ['no format', (f) => delete f.format, 'not-a-model', 'format is undefined'],
  ['a newer schema', set('schemaVersion', 9), 'newer', 'newer: schemaVersion 9, this app reads up to 1'],
  ['a schema version as text', set('schemaVersion', '1'), 'bad-field', 'schemaVersion must be a whole number'],
  ['an unknown key', set('extra', 1), 'bad-field', 'unknown key "extra"'],
  ['no models', (f) => delete (f as Bag).models, 'bad-field', 'models is missing'],
  ['models as a list', set('models', []), 'bad-field', 'models must be an object, got []'],
  ['empty models', set('models', {}), 'bad-field', 'models is empty'],
  ['a third kind of model', set('models.other', {}), 'bad-field', 'models has an unknown key "other"'],
  ['a time that is no whole number', set('createdAt', 1.5), 'bad-field', 'createdAt must be a whole number'],
  ['an app version that is no text', set('appVersion', 1), 'bad-field', 'appVersion must be a text'],
  ['a model that is null', set('models.logs', null), 'bad-field', 'models.logs must be an object, got null'],
  ['an unknown key in a model', set('models.logs.rows', []), 'bad-field', 'models.logs has an unknown key "rows"'],
  ['a missing field', (f) => delete f.models.logs.info.seed, 'bad-field', 'models.logs.info.seed is missing'],
  ['an unknown field', set('models.logs.info.trainingRows', []), 'bad-field', 'unknown key "trainingRows"'],
  [
    'a version of 0',
    set('models.logs.info.version', 0),
    'bad-field',
    'models.logs.info.version must be a whole number of at least 1, got 0',
  ],
  [
    'the wrong kind',
    set('models.logs.info.kind', 'metrics'),
    'bad-field',
    'models.logs.info.kind must be "logs", got "metrics"',
  ],
  [
    'a NaN threshold',
    set('models.metrics.info.rawThreshold', { $num: 'NaN' }),
    'bad-field',
    'models.metrics.info.rawThreshold must be a finite number, got NaN',
  ],
  [
    'a window that ends before it starts',
    set('models.logs.info.windowTo', 0),
    'bad-field',
    'models.logs.info.windowFrom must not be after windowTo',
  ],
  [
    '65 metrics',
    set('models.metrics.info.metricKeys', Array(65).fill('m')),
    'bad-field',
    'metricKeys must be a list of at most 64 texts',
  ],
  [
    'content that is a text',
    set('models.metrics.content', 'eval'),
    'bad-field',
    'models.metrics.content must be an object, got "eval"',
  ],
  [
    'a NaN weight',
    set('models.logs.content.weights', { $f32: base64(Float32Array.of(1, 2, Number.NaN)) }),
    'bad-field',
    'models.logs.content.weights[2] is NaN',
  ],
  [
    'an infinite weight',
    set('models.logs.content.weights', { $f32: base64(Float32Array.of(Number.NEGATIVE_INFINITY)) }),
    'bad-field',
    'models.logs.content.weights[0] is -Infinity',
  ],
  [
    'a NaN number',
    set('models.logs.content.list', [1, { $num: 'NaN' }]),
    'bad-field',
    'models.logs.content.list[1] is NaN',
  ],
  [
    'bytes that are no whole number of floats',
    set('models.logs.content.weights', { $f32: 'AAAA' }),
    'bad-field',
    'models.logs.content.weights: 3 bytes are no whole number of Float32Array elements',
  ],
  [
    'text that is not base64',
    set('models.logs.content.weights', { $f32: '****' }),
    'bad-field',
    'models.logs.content.weights: the text is not base64',
  ],
  [
    'an unknown tag',
    set('models.logs.content.code', { $function: 'alert(1)' }),
    'bad-field',
    'models.logs.content.code: unknown tag "$function"',
  ],
  [
    'a tag beside other keys',
    set('models.logs.content.w', { $f32: '', x: 1 }),
    'bad-field',
    'models.logs.content.w mixes the tag "$f32"',
  ],
  [
    'the key __proto__',
    (f) => Object.defineProperty(f.models.logs.content, '__proto__', { value: { polluted: 1 }, enumerable: true }),
    'bad-field',
    'models.logs.content has a key __proto__',
  ],
];

describe('a crafted file is refused with the reason', () => {
  it.each(CRAFTED)('%s', async (_name, change, code, message) => {
    const file = await decodeModelFile(await craft(change), sha256);
    expect(file).toMatchObject({ ok: false, error: { code, message: expect.stringContaining(message) } });
    expect(({} as Bag).polluted).toBeUndefined();
  });

  const texts: readonly (readonly [string, (text: string) => string, ModelFileError, string])[] = [
    ['an empty file', () => '', 'not-a-model', 'not a model file: the file is empty'],
    ['a web page', () => '<!doctype html>', 'not-a-model', 'not a model file: not JSON'],
    ['a number', () => '42', 'not-a-model', 'it holds 42, not an object'],
    [
      'a file cut in the middle',
      (text) => text.slice(0, 1000),
      'cut-off',
      'cut off: the JSON ends early, after 1,000 characters',
    ],
    ['a file without its last bracket', (text) => text.slice(0, -1), 'cut-off', 'cut off'],
    ['one changed weight', (text) => text.replace('"version":3', '"version":4'), 'changed', 'changed or damaged'],
    [
      'a digest of another file',
      (text) => text.replace(/"sha256":"./, '"sha256":"z'),
      'bad-field',
      'sha256 must be 64 hexadecimal digits',
    ],
    [
      '10,000 nested lists',
      () => `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
      'too-deep',
      'more than 32 levels',
    ],
    ['more than 20 MB', (text) => text + ' '.repeat(20_000_000), 'too-large', 'at most 20,000,000 are read'],
  ];
  it.each(texts)('%s', async (_name, change, code, message) => {
    const file = await decodeModelFile(change(await encodeModelFile(INPUT, sha256)), sha256);
    expect(file).toMatchObject({ ok: false, error: { code, message: expect.stringContaining(message) } });
  });

  it('or, after random changes, is equal to the original', async () => {
    const text = await encodeModelFile(INPUT, sha256);
    const original = await decodeModelFile(text, sha256);
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.nat(text.length - 1),
        fc.nat(8),
        fc.string({ maxLength: 8, unit: 'binary' }),
        async (at, removed, inserted) => {
          const changed = text.slice(0, at) + inserted + text.slice(at + removed);
          const file = await decodeModelFile(changed, sha256);
          if (file.ok) expect(file).toEqual(original);
          else refused++;
        },
      ),
      { numRuns: 2000, seed: 1 },
    );
    expect(refused).toBeGreaterThan(1500);
  });
});
