import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LOG_LEVELS, logMessage, packLogLines } from '../../domain/telemetry';
import { createLineWriter } from './line-writer';

describe('createLineWriter', () => {
  test('an unused writer gives an empty batch', () => {
    const batch = createLineWriter().finish();
    expect([batch.n, batch.bytes.length, [...batch.offsets]]).toEqual([0, 0, [0]]);
  });

  test('orders the lines of a tick by time and keeps the order of equal times', () => {
    const writer = createLineWriter();
    writer.add(30, 0, 1, 'c');
    writer.add(10, 1, 1, 'a');
    writer.add(30, 2, 3, 'd');
    writer.add(20, 3, 1, 'b');
    writer.endTick();
    const batch = writer.finish();
    expect([...batch.t]).toEqual([10, 20, 30, 30]);
    expect([...batch.device]).toEqual([1, 3, 0, 2]);
    expect([...batch.level]).toEqual([1, 1, 1, 3]);
    expect([0, 1, 2, 3].map((i) => logMessage(batch, i))).toEqual(['a', 'b', 'c', 'd']);
  });

  test('packs any text exactly as packLogLines does', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 40 }), (messages) => {
        const lines = messages.map((message, i) => ({ t: i, device: i, level: LOG_LEVELS[i % 6], message }));
        const writer = createLineWriter();
        for (const line of lines) writer.add(line.t, line.device, LOG_LEVELS.indexOf(line.level), line.message);
        writer.endTick();
        expect(writer.finish()).toEqual(packLogLines(lines));
      }),
      { numRuns: 40 },
    );
  });

  test('grows beyond its first room without losing a byte', () => {
    const writer = createLineWriter();
    const long = 'x'.repeat(3000);
    for (let i = 0; i < 10; i++) writer.add(i, 0, 1, `${i}${long}é`);
    writer.endTick();
    const batch = writer.finish();
    expect(batch.bytes.buffer.byteLength).toBe(batch.bytes.length);
    for (let i = 0; i < 10; i++) expect(logMessage(batch, i)).toBe(`${i}${long}é`);
  });
});
