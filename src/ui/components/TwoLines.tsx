import type { ReactNode } from 'react';
import styles from './small.module.css';

/** A table cell on a phone: what matters above, what goes with it below in small. */
export function TwoLines({ top, below }: { readonly top: ReactNode; readonly below: ReactNode }) {
  return (
    <span className={styles.twoLines}>
      <span className={styles.twoLinesTop}>{top}</span>
      <span className={styles.twoLinesBelow}>{below}</span>
    </span>
  );
}
