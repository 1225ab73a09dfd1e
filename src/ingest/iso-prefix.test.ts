import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createIsoReader } from './iso-prefix';
import { parseTime } from './time';

const options = { latest: Date.UTC(2026, 10, 22), dayFirst: false };

it('reads the common form exactly and says where it ends', () => {
  const reader = createIsoReader();
  expect(reader.read('2024-05-01T10:00:01.250Z INFO up')).toEqual({ t: Date.UTC(2024, 4, 1, 10, 0, 1, 250), end: 24 });
  expect(reader.read('2024-05-01 10:00:01,5 down')).toEqual({ t: Date.UTC(2024, 4, 1, 10, 0, 1, 500), end: 21 });
});

it('leaves what it does not know, dates that do not exist and what may be followed by a zone', () => {
  const reader = createIsoReader();
  const lines = [
    '2023-02-29T10:00:00Z x',
    '2024-05-01 10:00:00 +0200 x',
    '2024-05-01 10:00:00 UTC x',
    '2024-05-01T25:00:00Z x',
  ];
  for (const line of [
    ...lines,
    '',
    '2024-05-01',
    '2024-05-01T10:00:00Z',
    '0000-01-01T00:00:00Z x',
    '2024-05-01T10:00:00.Z x',
  ]) {
    expect(reader.read(line)).toBeUndefined();
  }
});

it('reads what it reads as the patterns do, whatever was read before', () => {
  const reader = createIsoReader();
  const two = fc.integer({ min: 0, max: 30 }).map((value) => String(value).padStart(2, '0'));
  const year = fc.constantFrom('2024', '2023', '1900', '0999', '9999');
  const month = fc.constantFrom('00', '01', '02', '11', '13');
  const day = fc.constantFrom('00', '01', '28', '29', '30', '31');
  const fraction = fc.constantFrom('', '.5', ',123', '.123456', '.1234567', '.');
  const parts = fc.tuple(
    year,
    month,
    day,
    fc.constantFrom('T', ' '),
    two,
    two,
    two,
    fraction,
    fc.constantFrom('Z', ''),
  );
  let read = 0;
  fc.assert(
    fc.property(parts, ([y, mo, d, mark, h, mi, s, part, zone]) => {
      const time = `${y}-${mo}-${d}${mark}${h}:${mi}:${s}${part}${zone}`;
      const found = reader.read(`${time} up`);
      if (found === undefined) return;
      read++;
      expect(found).toEqual({ t: parseTime(time, options), end: time.length });
    }),
    { numRuns: 2000, seed: 1 },
  );
  expect(read).toBeGreaterThan(50);
});
