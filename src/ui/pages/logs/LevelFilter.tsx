import { LOG_LEVELS, type LogLevel } from '../../../domain/telemetry';
import { LevelBadge } from '../../components/badges';
import styles from './logs.module.css';

interface LevelFilterProps {
  /** Empty = all are shown. */
  readonly levels: readonly LogLevel[];
  readonly onToggle: (level: LogLevel) => void;
}

/** One toggle a level; none pressed shows all. */
export function LevelFilter({ levels, onToggle }: LevelFilterProps) {
  return (
    <fieldset className={styles.levels} aria-label="Levels (none pressed: all)">
      {LOG_LEVELS.map((level) => (
        <button
          key={level}
          type="button"
          className={styles.level}
          aria-pressed={levels.includes(level)}
          onClick={() => onToggle(level)}
        >
          <LevelBadge level={level} />
        </button>
      ))}
    </fieldset>
  );
}
