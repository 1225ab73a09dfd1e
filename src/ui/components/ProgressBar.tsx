import { formatPercent } from '../format';
import styles from './small.module.css';

/** Progress 0..1 of something named; NaN counts as 0. */
export function ProgressBar({ label, value }: { readonly label: string; readonly value: number }) {
  const share = Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
  return (
    <div className={styles.progress}>
      <div className={styles.progressWords} aria-hidden="true">
        <span>{label}</span>
        <span>{formatPercent(share, 0)}</span>
      </div>
      <div
        className={styles.track}
        role="progressbar"
        aria-label={label}
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <div className={styles.fill} style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}
