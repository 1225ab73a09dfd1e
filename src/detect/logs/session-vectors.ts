/** The lines of one session (a block, a request, a task), as the templates that they fell into. */
export interface Session {
  readonly id: string;
  /** Template id of each line, in order. */
  readonly templates: ArrayLike<number>;
}

/** How often each template occurs, as parallel arrays. templates ascend. */
export interface CountVector {
  readonly templates: readonly number[];
  readonly counts: readonly number[];
}

/** The measure between count vectors: weight of each template, and of those that no normal session has. */
export interface VectorSpace {
  readonly weights: ReadonlyMap<number, number>;
  readonly unknown: number;
}

/** Counts the templates of a session. An empty session has an empty vector. */
export function countTemplates(session: Session): CountVector {
  const counts = new Map<number, number>();
  for (let i = 0; i < session.templates.length; i++) {
    counts.set(session.templates[i], (counts.get(session.templates[i]) ?? 0) + 1);
  }
  return vectorOf(counts);
}

/** The vector of counts by template. */
export function vectorOf(counts: ReadonlyMap<number, number>): CountVector {
  const sorted = [...counts].sort((a, b) => a[0] - b[0]);
  return { templates: sorted.map(([template]) => template), counts: sorted.map(([, count]) => count) };
}

/** Equal for equal vectors only. */
export function vectorKey(vector: CountVector): string {
  return vector.templates.map((template, i) => `${template}:${vector.counts[i]}`).join(' ');
}

/**
 * Weighs templates by how few of the sessions have them: 1 + ln((n + 1) / (sessions with it + 1)), the smoothed inverse document frequency
 * (Spärck Jones 1972). A template that only one session in a thousand has says more than one that each has.
 */
export function weighTemplates(vectors: readonly CountVector[]): VectorSpace {
  const having = new Map<number, number>();
  for (const vector of vectors) {
    for (const template of vector.templates) having.set(template, (having.get(template) ?? 0) + 1);
  }
  const n = vectors.length;
  const weigh = (sessions: number): number => 1 + Math.log((n + 1) / (sessions + 1));
  return { weights: new Map([...having].map(([id, sessions]) => [id, weigh(sessions)])), unknown: weigh(0) };
}

/**
 * Distance of two count vectors: the weighted sum of |ln(1 + a) - ln(1 + b)|, so that 0 against 1 counts more than 8 against 9. Gives up, with a
 * number above `limit`, as soon as it exceeds that. >= 0; 0 for equal vectors only.
 */
export function vectorDistance(a: CountVector, b: CountVector, space: VectorSpace, limit: number): number {
  let sum = 0;
  let i = 0;
  let j = 0;
  while ((i < a.templates.length || j < b.templates.length) && sum <= limit) {
    const left = a.templates[i] ?? Number.POSITIVE_INFINITY;
    const right = b.templates[j] ?? Number.POSITIVE_INFINITY;
    const weight = space.weights.get(Math.min(left, right)) ?? space.unknown;
    const countA = left <= right ? a.counts[i++] : 0;
    const countB = right <= left ? b.counts[j++] : 0;
    sum += weight * Math.abs(Math.log1p(countA) - Math.log1p(countB));
  }
  return sum;
}

/** The vector of `normal` nearest to this one, and how far it is. Infinity and -1 without any. */
export function nearestVector(
  vector: CountVector,
  normal: readonly CountVector[],
  space: VectorSpace,
): { readonly at: number; readonly distance: number } {
  let at = -1;
  let distance = Number.POSITIVE_INFINITY;
  for (let i = 0; i < normal.length && distance > 0; i++) {
    const other = vectorDistance(vector, normal[i], space, distance);
    if (other < distance) {
      distance = other;
      at = i;
    }
  }
  return { at, distance };
}
