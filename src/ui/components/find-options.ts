import type { Option } from './fields';

/** The options whose label has every word of the text, whatever the case, in their order. Degenerate: no text gives all. */
export function findOptions<V extends string>(options: readonly Option<V>[], text: string): readonly Option<V>[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return options;
  return options.filter(({ label }) => {
    const low = label.toLowerCase();
    return words.every((word) => low.includes(word));
  });
}

/** Where a key moves among n options (at least one); undefined: it moves nothing. at: -1 = none is pointed at. */
export function moveAmong(key: string, at: number, n: number): number | undefined {
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
  const step = steps[key];
  if (step === undefined) return undefined;
  if (at < 0) return step > 0 ? 0 : n - 1;
  return Math.max(0, Math.min(n - 1, at + step));
}
