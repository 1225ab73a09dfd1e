import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../domain/settings';
import { logMessage } from '../domain/telemetry';
import { ROLE_LINES } from './logs/grammar';
import { COMMON_LINES } from './logs/lines/common';
import { WARM_UP_STEPS } from './state';
import { startSimulator } from './testing';

const ALL = [...COMMON_LINES, ...Object.values(ROLE_LINES).flat()].flatMap(({ text, follow }) => [
  text,
  ...(follow ?? []).map((line) => (typeof line === 'string' ? line : line.text)),
]);

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
    const { logs } = startSimulator({ seed, deviceCount: DEFAULT_SETTINGS.deviceCount }).pull(WARM_UP_STEPS);
    const messages = Array.from({ length: logs.n }, (_, i) => logMessage(logs, i));
    const unseen = ALL.filter((text) => !messages.some((message) => matches(message, text)));
    expect(unseen.slice(1)).toEqual([]);
  }
});
