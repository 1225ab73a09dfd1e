import type { Notice } from '../../app/types';

export const MAX_TOASTS = 3;

/** The notices that are shown now: critical ones first, then the oldest; the rest waits. */
export function pickToasts(notices: readonly Notice[]): readonly Notice[] {
  const critical = notices.filter((notice) => notice.kind === 'critical');
  const others = notices.filter((notice) => notice.kind !== 'critical');
  return [...critical, ...others].slice(0, MAX_TOASTS);
}
