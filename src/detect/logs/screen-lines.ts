import type { LineColumns } from './line-store';

/** Stretches of as many lines each, into which a file is cut to see where a template comes. */
const STRETCHES = 20;
/** An outbreak lasts for so many stretches at most: a tenth of the file, which may touch three. */
const MOST_STRETCHES = 3;
/** Standard deviations of a Poisson count above what the other stretches have. */
const OUTBREAK_SD = 6;

/**
 * The lines of a file that a model may take for normal, although what is odd stands among them: all but the outbreaks. An outbreak is the lines of one
 * template in up to three neighbouring twentieths of the file, where any other twentieth has none of them or far fewer. What goes on for longer, or
 * comes again, is how this log is. lines: oldest first; their order alone counts, so that no clock is needed. Gives one byte a line, 1 = normal.
 */
export function screenLines({ n, template }: Pick<LineColumns, 'n' | 'template'>): Uint8Array {
  const stretchOf = (line: number): number => Math.floor((line * STRETCHES) / n);
  const counts = new Map<number, Uint32Array>();
  for (let line = 0; line < n; line++) {
    let own = counts.get(template[line]);
    if (own === undefined) {
      own = new Uint32Array(STRETCHES);
      counts.set(template[line], own);
    }
    own[stretchOf(line)]++;
  }
  const outbreaks = new Map(
    [...counts].map(([id, own]) => [id, own.map((_, stretch) => Number(isOutbreak(own, stretch)))]),
  );
  return Uint8Array.from({ length: n }, (_, line) => 1 - (outbreaks.get(template[line])?.[stretchOf(line)] ?? 0));
}

function isOutbreak(counts: Uint32Array, stretch: number): boolean {
  if (counts[stretch] === 0) return false;
  for (let from = Math.max(0, stretch - MOST_STRETCHES + 1); from <= stretch; from++) {
    const until = from + MOST_STRETCHES;
    let peak = 0;
    let elsewhere = 0;
    counts.forEach((count, i) => {
      if (i >= from && i < until) peak = Math.max(peak, count);
      else elsewhere = Math.max(elsewhere, count);
    });
    const excess = (peak - elsewhere) / Math.sqrt(1 + elsewhere);
    if (counts[stretch] > elsewhere && (elsewhere === 0 || excess >= OUTBREAK_SD)) return true;
  }
  return false;
}

/** The lines for which keep[line] is 1. */
export function selectLines(lines: LineColumns, keep: Uint8Array): LineColumns {
  const kept = (_: number, line: number): boolean => keep[line] === 1;
  const t = lines.t.filter(kept);
  return {
    n: t.length,
    t,
    device: lines.device.filter(kept),
    template: lines.template.filter(kept),
    level: lines.level.filter(kept),
    shape: lines.shape.filter(kept),
    burst: lines.burst.filter(kept),
    novel: lines.novel.filter(kept),
  };
}
