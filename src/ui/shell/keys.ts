import type { Page } from '../../app/types';

export type KeyCommand =
  | { readonly kind: 'page'; readonly page: Page }
  | {
      readonly kind:
        | 'pause'
        | 'injector'
        | 'theme'
        | 'zone'
        | 'help'
        | 'undo'
        | 'slower'
        | 'faster'
        | 'step'
        | 'prefix';
    };

export interface KeyPress {
  readonly key: string;
  readonly ctrl: boolean;
  readonly meta: boolean;
  readonly alt: boolean;
}

export interface KeyPages {
  readonly id: Page;
  readonly key: string;
}

const SINGLE: Readonly<Record<string, KeyCommand>> = {
  ' ': { kind: 'pause' },
  i: { kind: 'injector' },
  t: { kind: 'theme' },
  u: { kind: 'zone' },
  '?': { kind: 'help' },
  '-': { kind: 'slower' },
  '+': { kind: 'faster' },
  '.': { kind: 'step' },
  g: { kind: 'prefix' },
};

/**
 * What a key press means; undefined = nothing of ours. `afterG`: the press follows `g` within the time limit.
 * Pages have a letter (after g) and their number 1 to 9.
 */
export function readKey(press: KeyPress, afterG: boolean, pages: readonly KeyPages[]): KeyCommand | undefined {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if ((press.ctrl || press.meta) && !press.alt) return key === 'z' ? { kind: 'undo' } : undefined;
  if (press.ctrl || press.meta || press.alt) return undefined;
  if (afterG) {
    const page = pages.find((entry) => entry.key === key);
    if (page !== undefined) return { kind: 'page', page: page.id };
  }
  if (/^[1-9]$/.test(key)) {
    const page = pages[Number(key) - 1];
    return page === undefined ? undefined : { kind: 'page', page: page.id };
  }
  return SINGLE[key];
}

export const SHORTCUTS: readonly { readonly keys: readonly string[]; readonly what: string }[] = [
  { keys: ['Space'], what: 'Pause or go on' },
  { keys: ['-'], what: 'Slower' },
  { keys: ['+'], what: 'Faster' },
  { keys: ['.'], what: 'One step, while paused' },
  { keys: ['i'], what: 'Open or close the injector' },
  { keys: ['t'], what: 'Theme: system, dark, light' },
  { keys: ['u'], what: 'Times in UTC or local' },
  { keys: ['Ctrl', 'Z'], what: 'Undo the last action' },
  { keys: ['Esc'], what: 'Close what is open' },
  { keys: ['↑', '↓'], what: 'Move between the rows of a table' },
  { keys: ['Enter'], what: 'Open the row' },
  { keys: ['?'], what: 'This sheet' },
];
