import type { Scenario } from '../../../domain/scenario';
import { formatDuration } from '../../format';
import styles from './scenarios.module.css';
import { layOutTimeline, type ScenarioWords } from './timeline';

const WIDTH = 400;
const LANE = 10;
const MIN_BAR = 3;

interface TimelinePictureProps {
  readonly scenario: Scenario;
  readonly words: ScenarioWords;
  /** Share of its duration that is over, 0..1; undefined: it is not playing. */
  readonly at?: number | undefined;
}

/** A scenario's faults (filled, by severity) and normal events (outlined) from its start to its end. */
export function TimelinePicture({ scenario, words, at }: TimelinePictureProps) {
  const { bars, lanes } = layOutTimeline(scenario, words);
  const height = lanes * LANE + 2;
  const x = (seconds: number): number => (seconds / scenario.durationS) * WIDTH;
  const faults = bars.filter(({ kind }) => kind === 'fault').length;
  const events = bars.length - faults;
  return (
    <figure className={styles.figure}>
      <svg
        viewBox={`0 0 ${WIDTH} ${height}`}
        preserveAspectRatio="none"
        className={styles.picture}
        style={{ height: Math.min(120, Math.max(24, height)) }}
        role="img"
        aria-label={`${faults} times a fault and ${events} normal events in ${formatDuration(scenario.durationS * 1000)}`}
      >
        <line className={styles.base} x1={0} x2={WIDTH} y1={height - 0.5} y2={height - 0.5} />
        {bars.map((bar) => (
          <rect
            key={bar.key}
            className={bar.kind === 'event' ? styles.event : styles[bar.severity]}
            x={x(bar.from)}
            y={bar.lane * LANE + 1.5}
            width={Math.max(MIN_BAR, x(bar.to) - x(bar.from))}
            height={LANE - 3}
            rx={1.5}
          >
            <title>{bar.label}</title>
          </rect>
        ))}
        {at === undefined ? null : <line className={styles.now} x1={at * WIDTH} x2={at * WIDTH} y1={0} y2={height} />}
      </svg>
      <figcaption className={styles.scale}>
        <span>0</span>
        <span>{formatDuration(scenario.durationS * 1000)}</span>
      </figcaption>
    </figure>
  );
}
