import { toJson } from '../domain/plain-data';

/** Equal to the bit: NaN equals NaN, 0 does not equal -0, typed arrays differ by type; the order of keys does not count. */
export function same(actual: unknown, expected: unknown): void {
  const [a, b] = [canonical(actual), canonical(expected)];
  holds(a === b, `expected ${b.slice(0, 800)}, got ${a.slice(0, 800)}`);
}

export function canonical(value: unknown): string {
  if (value === undefined) return 'undefined';
  return JSON.stringify(toJson(value), (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

export function holds(condition: boolean, message: string): void {
  if (!condition) throw new Error(message);
}

export async function rejects(work: () => Promise<unknown>, part: string): Promise<void> {
  const outcome = await work().then(
    () => 'resolved',
    (error: unknown) => String(error),
  );
  holds(outcome.includes(part), `expected a rejection with "${part}", got ${outcome}`);
}
