import { expect, it } from 'vitest';
import { expectOk, inspectWhole } from './testing';

const notesOf = (text: string): readonly string[] =>
  expectOk(inspectWhole(new TextEncoder().encode(text), 'app.log')).preview.notes;
const NOTE = 'times without a zone are read as UTC';

it('says that times without a zone are read as UTC, and only then', () => {
  expect(notesOf('2026-01-05 00:00:00 INFO started\n2026-01-05 00:00:01 INFO ready\n')).toContain(NOTE);
  expect(notesOf('2026-01-05T00:00:00.123Z INFO started\n2026-01-05T00:00:01.456Z INFO ready\n')).not.toContain(NOTE);
  expect(notesOf('2026-01-05T00:00:00+01:00 INFO started\n2026-01-05T00:00:01+01:00 INFO ready\n')).not.toContain(NOTE);
});
