import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRefrainBook, type Refrain } from './refrains';

const MINUTE = 60_000;

it('counts the minutes of the last hour in which a device said it', () => {
  const book = createRefrainBook();
  const at = (minute: number, device = 0): Refrain => book.say(device, 1, minute * MINUTE, false);
  expect([at(0), at(0.5), at(1), at(3)].map(({ hour }) => hour)).toEqual([1, 1, 2, 3]);
  expect(at(3, 1).hour).toBe(1);
  expect(at(30).hour).toBe(4);
  expect(at(61)).toMatchObject({ hour: 3, minutes: 5 });
  expect(at(500).hour).toBe(1);
  // A clock that goes backwards counts for the newest minute.
  expect(at(400)).toMatchObject({ hour: 1, minutes: 6 });
});

it('counts the lines of a device before it said so and since', () => {
  const book = createRefrainBook();
  const say = (device: number, lines: number): void => {
    for (let i = 0; i < lines; i++) book.countLine(device);
  };
  say(0, 100);
  say(500, 7);
  const first = book.say(0, 1, 0, false);
  expect(first).toMatchObject({ before: 99, since: 1, minutes: 1 });
  say(0, 20);
  expect(book.say(0, 1, MINUTE, false)).toMatchObject({ before: 99, since: 20, minutes: 2 });
  expect(book.say(500, 1, MINUTE, false)).toMatchObject({ before: 6, since: 1, minutes: 1 });
  // Over, but neither told nor flagged.
  say(0, 50);
  expect(book.say(0, 1, 20 * MINUTE, false)).toMatchObject({ before: 99, since: 69, minutes: 3 });
  say(0, 30);
  expect(book.say(0, 1, 40 * MINUTE, true)).toMatchObject({ before: 29, since: 1, minutes: 1 });
  book.tell(0, 1, 40 * MINUTE);
  say(0, 50);
  expect(book.say(0, 1, 60 * MINUTE, false)).toMatchObject({
    before: 49,
    since: 1,
    minutes: 1,
    toldAt: Number.POSITIVE_INFINITY,
  });
});

it('counts the minutes as a list of them would', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 80 }), (pauses) => {
      const book = createRefrainBook();
      let minute = 1000;
      const seen: number[] = [];
      for (const pause of pauses) {
        minute += pause;
        seen.push(minute);
        const within = (span: number): number => new Set(seen.filter((at) => at > minute - span)).size;
        expect(book.say(3, 7, minute * MINUTE, false).hour).toBe(within(60));
      }
    }),
  );
});
