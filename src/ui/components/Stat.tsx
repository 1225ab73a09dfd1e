import type { ReactNode } from 'react';
import styles from './small.module.css';

export interface StatProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly unit?: string;
  readonly hint?: ReactNode;
}

/** One figure with its name; the hint's line is always reserved. */
export function Stat({ label, value, unit, hint }: StatProps) {
  return (
    <dl className={styles.stat}>
      <dt className={styles.statLabel}>{label}</dt>
      <dd className={styles.statValue}>
        {value}
        {unit === undefined || unit === '' ? null : <span className={styles.statUnit}>{unit}</span>}
      </dd>
      <dd className={styles.statHint}>{hint}</dd>
    </dl>
  );
}
