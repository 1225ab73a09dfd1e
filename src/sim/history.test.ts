import { expect, test } from 'vitest';
import { logMessage } from '../domain/telemetry';
import { COMMON_LINES, ROLE_LINES } from './logs/grammar';
import { WARM_UP_STEPS } from './state';
import { startSimulator } from './testing';

const ALL = [...COMMON_LINES, ...Object.values(ROLE_LINES).flat()];

/** Whether a message has the constant words of a template, in order. */
function matches(message: string, text: string): boolean {
  let from = 0;
  for (const literal of text.split(/\{\w+\}/)) {
    const at = message.indexOf(literal, from);
    if (at < 0) return false;
    from = at + literal.length;
  }
  return true;
}

test('the warm-up shows nearly every kind of line, so that rare ones are no news afterwards', () => {
  for (let seed = 0; seed < 3; seed++) {
    const { logs } = startSimulator({ seed }).pull(WARM_UP_STEPS);
    const messages = Array.from({ length: logs.n }, (_, i) => logMessage(logs, i));
    const unseen = ALL.filter(({ text }) => !messages.some((message) => matches(message, text)));
    expect(unseen.map(({ text }) => text).slice(1)).toEqual([]);
  }
});
