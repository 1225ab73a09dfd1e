/** Lines over which a template's recent count decays. From 10 to 100 the development data are ranked alike. */
const WINDOW_LINES = 50;

/**
 * How clumped each template's lines are: the mean of ln(1 + s) over them, where s is by how many standard deviations of a Poisson count the template's
 * share of the last WINDOW_LINES lines exceeds its share of all. 0 for a template whose lines are spread evenly, 1 to 3 for one that comes in outbreaks.
 * Counted in lines, not in time, so it needs no clock and fits slow logs as well as fast ones. templates: template id of each line, in order.
 */
export function measureClumping(templates: ArrayLike<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (let i = 0; i < templates.length; i++) counts.set(templates[i], (counts.get(templates[i]) ?? 0) + 1);
  const recent = new Map<number, { value: number; line: number; sum: number }>();
  for (let i = 0; i < templates.length; i++) {
    const id = templates[i];
    let state = recent.get(id);
    if (state === undefined) {
      state = { value: 0, line: i, sum: 0 };
      recent.set(id, state);
    }
    const expected = ((counts.get(id) ?? 0) * WINDOW_LINES) / templates.length;
    const before = state.value * Math.exp((state.line - i) / WINDOW_LINES);
    state.sum += Math.log1p(Math.max(0, (before - expected) / Math.sqrt(1 + expected)));
    state.value = before + 1;
    state.line = i;
  }
  return new Map([...recent].map(([id, state]) => [id, state.sum / (counts.get(id) ?? 1)]));
}
