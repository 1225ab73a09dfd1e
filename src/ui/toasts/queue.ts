import type { Notice } from '../../app/types';

export const MAX_TOASTS = 3;

const SHOWN_MS = 10_000;
/** A critical alert stays twice as long; then it is in the Alert History only. So does what went wrong, which is told nowhere else. */
const URGENT_SHOWN_MS = 20_000;
/** On a phone a toast covers what one came for: shorter, and an undo goes on being offered in the bar above. */
const PHONE_SHOWN_MS = 5_000;
const PHONE_CRITICAL_SHOWN_MS = 8_000;
const PHONE_ERROR_SHOWN_MS = 12_000;

/**
 * The notices that are shown now, critical ones first, each kind in the order it came. The newest count; one place is kept for the newest
 * that is not critical: it answers what the person has just done. On a phone there is room for one: that answer, else the newest critical one.
 */
export function pickToasts(notices: readonly Notice[], isPhone = false): readonly Notice[] {
  const most = isPhone ? 1 : MAX_TOASTS;
  const others = notices.filter((notice) => notice.kind !== 'critical');
  const room = most - Math.min(1, others.length);
  const critical = room === 0 ? [] : notices.filter((notice) => notice.kind === 'critical').slice(-room);
  return [...critical, ...others.slice(critical.length - most)];
}

/** How long a toast is shown while nobody reads it, in ms. */
export function shownMs({ kind }: Pick<Notice, 'kind'>, isPhone = false): number {
  if (kind === 'error') return isPhone ? PHONE_ERROR_SHOWN_MS : URGENT_SHOWN_MS;
  if (kind === 'critical') return isPhone ? PHONE_CRITICAL_SHOWN_MS : URGENT_SHOWN_MS;
  return isPhone ? PHONE_SHOWN_MS : SHOWN_MS;
}

/** A finger that went this far sideways, in pixels, has put the toast aside. */
const SWIPE_PX = 72;

/** Whether a move of so many pixels puts a toast aside: far enough, and sideways rather than along the page. */
export function isSwipe(dx: number, dy: number): boolean {
  return Math.abs(dx) >= SWIPE_PX && Math.abs(dx) > 2 * Math.abs(dy);
}
