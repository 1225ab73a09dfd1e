import { formatIso, formatTime, type TimeStyle } from '../format';
import { useAppState } from '../hooks';

/** A moment (ms since 1970 UTC) in the reader's zone; the full ISO time shows on hover. */
export function Time({ t, style = 'time' }: { readonly t: number | undefined; readonly style?: TimeStyle }) {
  const zone = useAppState((state) => state.preferences.timeZone);
  const iso = formatIso(t);
  return (
    <time dateTime={iso === '' ? undefined : iso} title={iso === '' ? undefined : iso}>
      {formatTime(t, zone, style)}
    </time>
  );
}
