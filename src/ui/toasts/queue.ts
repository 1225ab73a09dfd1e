import type { Notice } from '../../app/types';

export const MAX_TOASTS = 3;

const SHOWN_MS = 10_000;
/** A critical alert stays twice as long; then it is in the Alert History only. So does what went wrong, which is told nowhere else. */
const URGENT_SHOWN_MS = 20_000;

/**
 * The notices that are shown now, critical ones first, each kind in the order it came. The newest count; one place is kept for the newest
 * that is not critical: it answers what the person has just done.
 */
export function pickToasts(notices: readonly Notice[]): readonly Notice[] {
  const others = notices.filter((notice) => notice.kind !== 'critical');
  const room = MAX_TOASTS - Math.min(1, others.length);
  const critical = notices.filter((notice) => notice.kind === 'critical').slice(-room);
  return [...critical, ...others.slice(critical.length - MAX_TOASTS)];
}

/** How long a toast is shown while nobody reads it, in ms. */
export function shownMs(notice: Pick<Notice, 'kind'>): number {
  return notice.kind === 'critical' || notice.kind === 'error' ? URGENT_SHOWN_MS : SHOWN_MS;
}
