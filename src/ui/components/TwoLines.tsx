import type { ReactNode } from 'react';
import type { Column } from './DataTable';
import styles from './small.module.css';

interface TwoLinesProps {
  readonly top: ReactNode;
  readonly below: ReactNode;
}

/** A table cell on a phone: what matters above, what goes with it below in small. */
export function TwoLines({ top, below }: TwoLinesProps) {
  return (
    <span className={styles.twoLines}>
      <span className={styles.twoLinesTop}>{top}</span>
      <span className={styles.twoLinesBelow}>{below}</span>
    </span>
  );
}

/** The column that says it all on a phone. */
export function twoLinesColumn<T>(header: string, say: (row: T) => TwoLinesProps): Column<T> {
  return { key: 'what', header, render: (row) => <TwoLines {...say(row)} /> };
}
