import { beforeAll, expect, it } from 'vitest';
import { type LogLine, packLogLines } from '../../domain/telemetry';
import type { LogBackend } from './autoencoder';
import { gatherSessions, type SessionLines, scoreSessions } from './session-file';
import { startTfBackend } from './tf-autoencoder';

let backend: LogBackend;

beforeAll(async () => {
  const started = await startTfBackend({ wasmUrl: undefined, deadlineMs: 10_000 });
  if (!started.ok) throw new Error(started.error.message);
  backend = started.value;
});

/** Sessions of three lines; where `cut`, without the last. */
function writeLines(n: number, prefix: string, cut: boolean): SessionLines {
  const messages: string[] = [];
  const sessions: string[] = [];
  for (let i = 0; i < n; i++) {
    const id = `${prefix}${i}`;
    const own = [`open file ${i}`, `write ${i * 7} bytes to file ${i}`, `close file ${i}`];
    messages.push(...(cut ? own.slice(0, 2) : own), 'tick');
    while (sessions.length < messages.length - 1) sessions.push(id);
    sessions.push('');
  }
  const lines = messages.map((message, t): LogLine => ({ t, device: 0, level: 'info', message }));
  return { lines: packLogLines(lines), sessions };
}

it('gathers the templates of each session, in the order of their first lines', () => {
  const [first, second] = gatherSessions([writeLines(2, 'a', false), writeLines(1, 'b', true)]);
  expect(first).toEqual([
    { id: 'a0', templates: [1, 2, 3] },
    { id: 'a1', templates: [1, 2, 3] },
  ]);
  expect(second).toEqual([{ id: 'b0', templates: [1, 2] }]);
});

it('ranks sessions unlike the normal ones first, and flags none while the references are too few to call it one in a thousand', async () => {
  const [normal, whole, cut] = gatherSessions([
    writeLines(60, 'n', false),
    writeLines(5, 'w', false),
    writeLines(2, 'c', true),
  ]);
  const options = { seed: 1, onProgress: () => undefined, cancelled: () => false };
  const scored = await scoreSessions(backend, normal, [...whole, ...cut], options);
  if (!scored.ok) throw new Error(scored.error.message);
  expect(scored.value.ids).toEqual(['w0', 'w1', 'w2', 'w3', 'w4', 'c0', 'c1']);
  expect(Array.from(scored.value.rarity, (rarity) => rarity > Math.log10(21))).toEqual([
    ...new Array(5).fill(false),
    true,
    true,
  ]);
  expect([...scored.value.flagged]).toEqual(new Array(7).fill(0));
  expect(backend.tensorCount()).toBe(0);
});

it('passes on why there is nothing to learn from', async () => {
  const options = { seed: 1, onProgress: () => undefined, cancelled: () => false };
  expect(await scoreSessions(backend, [], [], options)).toMatchObject({ ok: false, error: { code: 'too-few-rows' } });
});
