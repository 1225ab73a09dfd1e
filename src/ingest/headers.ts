import { restoreCell } from './csv-write';
import { showValue } from './limits';

/** Names that are members of every object: a table or form keyed by them would misbehave. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString', 'valueOf']);
const MAX_NAME = 80;

/**
 * Header cells as unique, non-empty, harmless names. Empty ones become `column_3` (1-based place), reserved ones `column_3` too, repeated ones
 * `cpu_2`; each change is told in `notes`. Names are trimmed and cut at 80 characters.
 */
export function cleanHeaders(cells: readonly string[]): {
  readonly names: readonly string[];
  readonly notes: readonly string[];
} {
  const taken = new Set<string>();
  const notes: string[] = [];
  const names = cells.map((cell, i) => {
    const trimmed = restoreCell(cell.replace(/^\uFEFF/, ''))
      .trim()
      .slice(0, MAX_NAME);
    const usable = trimmed !== '' && !RESERVED.has(trimmed);
    const wanted = usable ? trimmed : `column_${i + 1}`;
    const name = makeUnique(wanted, taken);
    taken.add(name);
    if (trimmed === '') notes.push(`column ${i + 1} has no name; it is called ${name}`);
    else if (!usable) notes.push(`column ${i + 1}, ${showValue(trimmed)}, has a reserved name; it is called ${name}`);
    else if (name !== trimmed)
      notes.push(`column ${i + 1}, ${showValue(trimmed)}, appears twice; it is called ${name}`);
    return name;
  });
  return { names, notes };
}

function makeUnique(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  let n = 2;
  while (taken.has(`${wanted}_${n}`)) n++;
  return `${wanted}_${n}`;
}
