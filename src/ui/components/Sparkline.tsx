import { SPARK, sparkPath, sparkScale } from './sparkline';
import styles from './sparkline.module.css';

interface SparklineProps {
  /** What it shows, in words. */
  readonly label: string;
  /** ms, ascending. */
  readonly t: ArrayLike<number>;
  readonly values: ArrayLike<number>;
  /** Drawn as a broken line. */
  readonly typical: number;
  /** The time in which the alert was on, shaded; ms. */
  readonly from: number;
  readonly to: number;
}

/** The raw points of one metric around an event: a line, what is typical, and the event's time shaded. */
export function Sparkline({ label, t, values, typical, from, to }: SparklineProps) {
  const scale = sparkScale(t, values, Number.isFinite(typical) ? [typical] : []);
  const left = scale.x(from);
  return (
    <svg
      className={styles.spark}
      viewBox={`0 0 ${SPARK.width} ${SPARK.height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <rect className={styles.event} x={left} y="0" width={Math.max(1, scale.x(to) - left)} height={SPARK.height} />
      {Number.isFinite(typical) ? (
        <line className={styles.typical} x1="0" x2={SPARK.width} y1={scale.y(typical)} y2={scale.y(typical)} />
      ) : null}
      <path className={styles.line} d={sparkPath(t, values, scale)} />
    </svg>
  );
}
