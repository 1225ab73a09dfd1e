/**
 * Shares as whole percents that add to exactly `percent`, a whole number (largest remainder). `shares`: any weights >= 0; those that are not
 * finite or negative count as 0. Degenerate: none, or nothing but zeros, gives zeros.
 */
export function percentShares(shares: readonly number[], percent = 100): number[] {
  const clean = shares.map((share) => (Number.isFinite(share) && share > 0 ? share : 0));
  const total = clean.reduce((sum, share) => sum + share, 0);
  if (total === 0) return clean;
  const exact = clean.map((share) => (share / total) * percent);
  const percents = exact.map(Math.floor);
  const missing = percent - percents.reduce((sum, part) => sum + part, 0);
  exact
    .map((value, i) => ({ i, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i)
    .slice(0, missing)
    .forEach(({ i }) => {
      percents[i] += 1;
    });
  return percents;
}

export interface Segment {
  readonly text: string;
  /** Share of the line's reconstruction error, 0..1; 0 = an ordinary part. */
  readonly share: number;
}

/**
 * Cuts a message into ordinary parts and the words that stood out. Words are found as they stand, else without regard to case; a
 * word that is not in the message is left out. The parts put together give the message back.
 */
export function markWords(
  message: string,
  words: readonly { readonly word: string; readonly share: number }[],
): Segment[] {
  const marks: { from: number; to: number; share: number }[] = [];
  const lower = message.toLowerCase();
  // toLowerCase changes the length of a few letters; then only exact matches are safe to cut at.
  const folds = lower.length === message.length;
  for (const { word, share } of words) {
    if (word === '' || !(share > 0)) continue;
    const from = message.includes(word) ? message.indexOf(word) : folds ? lower.indexOf(word.toLowerCase()) : -1;
    const to = from + word.length;
    if (from >= 0 && marks.every((mark) => to <= mark.from || from >= mark.to)) marks.push({ from, to, share });
  }
  marks.sort((a, b) => a.from - b.from);
  const segments: Segment[] = [];
  let at = 0;
  for (const mark of marks) {
    if (mark.from > at) segments.push({ text: message.slice(at, mark.from), share: 0 });
    segments.push({ text: message.slice(mark.from, mark.to), share: mark.share });
    at = mark.to;
  }
  if (at < message.length) segments.push({ text: message.slice(at), share: 0 });
  return segments;
}
