import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRandom } from '../../domain/random';
import type { LogBackend } from './autoencoder';
import { createSessionDetector, type SessionDetector } from './session-detector';
import type { Session } from './session-vectors';
import { startTfBackend } from './tf-autoencoder';

const OPEN = 1;
const WRITE = 2;
const ACK = 3;
const CLOSE = 4;
const RETRY = 5;

let backend: LogBackend;
let detector: SessionDetector;
const options = { seed: 1, onProgress: () => undefined, cancelled: () => false };

/** Opens, writes three to five times with an acknowledgement each, closes; one in forty retries. */
function writeSessions(n: number, seed: number): Session[] {
  const random = createRandom(seed);
  return Array.from({ length: n }, (_, i) => {
    const writes = 3 + random.int(3);
    const retry = random.int(40) === 0 ? [RETRY] : [];
    const body = Array.from({ length: writes }, () => [WRITE, ACK]).flat();
    return { id: `s${i}`, templates: [OPEN, ...body, ...retry, CLOSE] };
  });
}

function judge(templates: number[]) {
  const judged = detector.score([{ id: 'x', templates }]);
  if (!judged.ok) throw new Error(judged.error.message);
  return judged.value[0];
}

beforeAll(async () => {
  const started = await startTfBackend({ wasmUrl: undefined, deadlineMs: 10_000 });
  if (!started.ok) throw new Error(started.error.message);
  backend = started.value;
  detector = createSessionDetector(backend);
  const trained = await detector.train(writeSessions(240, 1), options);
  expect(trained).toEqual({ ok: true, value: { sessions: 240 } });
}, 60_000);

afterAll(() => {
  detector.dispose();
});

it('finds what is missing, too many or unknown in a session, and nothing in a normal one', () => {
  const normal = [OPEN, WRITE, ACK, WRITE, ACK, WRITE, ACK, CLOSE];
  expect(judge(normal)).toMatchObject({ distance: 0, evidence: 0, rarity: 0 });
  expect(judge(normal.filter((template) => template !== CLOSE)).rarity).toBeGreaterThan(1.9);
  expect(judge([...normal, 99]).rarity).toBeGreaterThan(1.9);
  expect(judge([...normal, CLOSE, CLOSE, CLOSE]).rarity).toBeGreaterThan(1.9);
});

it('separates broken sessions from normal ones that it was not trained on', () => {
  const broken = writeSessions(50, 3).map(({ id, templates }) => ({
    id,
    templates: Array.from(templates).slice(0, 2),
  }));
  const judged = detector.score([...writeSessions(300, 2), ...broken]);
  if (!judged.ok) throw new Error(judged.error.message);
  const flagged = judged.value.map(({ rarity }) => rarity >= 2.5);
  expect(flagged.slice(0, 300).filter(Boolean).length).toBeLessThanOrEqual(3);
  expect(flagged.slice(300).every(Boolean)).toBe(true);
});

it('says which templates make the difference', () => {
  const differences = detector.explain({ id: 'x', templates: [OPEN, WRITE, ACK, WRITE, ACK, WRITE, ACK, 99, 99] });
  expect(differences).toMatchObject([
    { template: 99, actual: 2, typical: 0 },
    { template: CLOSE, actual: 0, typical: 1 },
  ]);
  expect(differences.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
});

it('gives the same scores for the same seed, and leaves no tensors', async () => {
  const before = backend.tensorCount();
  const again = createSessionDetector(backend);
  await again.train(writeSessions(240, 1), options);
  const sessions = [...writeSessions(20, 5), { id: '', templates: [] }, { id: 'y', templates: [99] }];
  expect(again.score(sessions)).toEqual(detector.score(sessions));
  again.dispose();
  expect(backend.tensorCount()).toBe(before);
});

it('comes back from its saved model to the bit, and refuses one that is wrong', () => {
  const saved = detector.save();
  if (!saved.ok) throw new Error(saved.error.message);
  const copy = createSessionDetector(backend);
  expect(copy.save()).toMatchObject({ ok: false, error: { code: 'too-few-rows' } });
  expect(copy.load(structuredClone(saved.value))).toEqual({ ok: true, value: { sessions: 240 } });
  expect(copy.save()).toEqual(saved);
  const sessions = [...writeSessions(20, 5), { id: '', templates: [] }, { id: 'y', templates: [99, OPEN] }];
  expect(copy.score(sessions)).toEqual(detector.score(sessions));
  const broken: readonly (readonly [Record<string, unknown>, RegExp])[] = [
    [{ kind: 'forest' }, /kind/],
    [{ schema: 3 }, /schema/],
    [{ slots: Uint32Array.of(1, 1) }, /slots/],
    [{ largest: new Float64Array(6) }, /largest/],
    [{ weights: Float64Array.of(Number.NaN) }, /weights/],
    [{ unknown: -1 }, /unknown/],
    [{ lengths: Uint32Array.of(2), templates: Uint32Array.of(2, 1), counts: Uint32Array.of(1, 1) }, /templates\[1\]/],
    [{ counts: new Uint32Array(0) }, /counts/],
    [{ evidence: 1 }, /evidence/],
    [{ sessions: 0 }, /sessions/],
    [{ network: {} }, /network/],
  ];
  const tensors = backend.tensorCount();
  for (const [change, message] of broken) {
    const result = copy.load({ ...(saved.value as Record<string, unknown>), ...change });
    expect(result).toMatchObject({ ok: false, error: { code: 'bad-model' } });
    if (!result.ok) expect(result.error.message).toMatch(message);
  }
  expect(backend.tensorCount()).toBe(tensors);
  expect(copy.score(sessions)).toEqual(detector.score(sessions));
  copy.dispose();
});

it('refuses too few sessions and scores nothing before it is trained', async () => {
  const empty = createSessionDetector(backend);
  expect(empty.score([])).toMatchObject({ ok: false, error: { code: 'too-few-rows' } });
  expect(await empty.train(writeSessions(31, 1), options)).toMatchObject({
    ok: false,
    error: { code: 'too-few-rows' },
  });
  const cancelled = await empty.train(writeSessions(64, 1), { ...options, cancelled: () => true });
  expect(cancelled).toMatchObject({ ok: false, error: { code: 'cancelled' } });
});
