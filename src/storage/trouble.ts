/** Names under which browsers report that a connection to IndexedDB is gone and opening it again may help. */
const LOST = new Set([
  'InvalidStateError',
  'DatabaseClosedError',
  'OpenFailedError',
  'UnknownError',
  'TransactionInactiveError',
]);

/** Whether the disk (or this origin's share of it) is full. It comes as QuotaExceededError, or inside an AbortError. */
export function isQuotaError(error: unknown): boolean {
  return namesOf(error).includes('QuotaExceededError');
}

/** Whether the connection to the database was lost, as opposed to the work being wrong. */
export function isLostConnection(error: unknown): boolean {
  return namesOf(error).some((name) => LOST.has(name));
}

/** An error in one line for a person: its own words and those of its inner cause. */
export function describeError(error: unknown): string {
  const texts = chainOf(error).map((link) => (link instanceof Error ? `${link.name}: ${link.message}` : String(link)));
  return texts.length === 0 ? String(error) : texts.join(' / ').slice(0, 400);
}

function namesOf(error: unknown): string[] {
  return chainOf(error).flatMap((link) =>
    typeof link === 'object' && link !== null && 'name' in link ? [String(link.name)] : [],
  );
}

/** The error and its inner causes (Dexie: `inner`, `failures`; the language: `cause`), at most five. */
function chainOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  let link: unknown = error;
  while (link !== undefined && link !== null && chain.length < 5 && !chain.includes(link)) {
    chain.push(link);
    const inner: { readonly inner?: unknown; readonly cause?: unknown; readonly failures?: readonly unknown[] } =
      typeof link === 'object' ? link : {};
    link = inner.inner ?? inner.cause ?? inner.failures?.[0];
  }
  return chain;
}
