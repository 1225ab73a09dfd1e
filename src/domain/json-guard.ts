import { err, ok, type Result } from './result';

export interface JsonLimits {
  /** Largest length of the text in characters. */
  readonly maxChars: number;
  /** Deepest nesting of objects and arrays; a bare number has depth 0. */
  readonly maxDepth: number;
}

export type JsonError = 'empty' | 'too-large' | 'too-deep' | 'cut-off' | 'not-json';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Parses JSON from outside. The limits are checked on the text before anything is built from it, since a deep value overflows the
 * stack of whatever walks it later. Errors: `empty`, `too-large`, `too-deep`, `cut-off` (ends inside a text, object or array),
 * `not-json`; each message shows the figures.
 */
export function parseJson(text: string, limits: JsonLimits): Result<unknown, JsonError> {
  if (text.length > limits.maxChars) {
    return err('too-large', `too large: ${count(text.length)} characters, at most ${count(limits.maxChars)} are read`);
  }
  if (text.trim() === '') return err('empty', 'the file is empty');
  const shape = scanJson(text, limits.maxDepth);
  if (shape === 'too-deep') {
    return err('too-deep', `nested too deep: more than ${limits.maxDepth} levels of objects and arrays`);
  }
  try {
    return ok(JSON.parse(text));
  } catch (cause) {
    if (shape === 'open') return err('cut-off', `cut off: the JSON ends early, after ${count(text.length)} characters`);
    return err('not-json', `not JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** Whether the brackets and quotes of `text` are closed at its end. Looks at nothing else of the grammar. */
function scanJson(text: string, maxDepth: number): 'closed' | 'open' | 'too-deep' {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      i = closingQuote(text, i + 1);
      if (i < 0) return 'open';
    } else if (code === OPEN_ARRAY || code === OPEN_OBJECT) {
      depth++;
      if (depth > maxDepth) return 'too-deep';
    } else if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) {
      depth--;
    }
  }
  return depth > 0 ? 'open' : 'closed';
}

/** Position of the quote that ends the text which starts at `from`; -1 when it never ends. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (at - slashes > from && text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}

function count(n: number): string {
  return n.toLocaleString('en-GB');
}
