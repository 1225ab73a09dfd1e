import type { AlertLogEvidence } from '../../../domain/alerts';
import { LevelBadge } from '../../components/badges';
import { Time } from '../../components/Time';
import { formatNumber } from '../../format';
import layout from '../layout.module.css';
import styles from './alerts.module.css';
import { markWords } from './shares';

/** The log lines that spoke for the alert; the words that stood out are tinted by their share and carry it as a title. */
export function LogEvidence({ lines }: { readonly lines: readonly AlertLogEvidence[] }) {
  return (
    <section className={layout.section} aria-label="Log lines">
      <h3 className={layout.heading}>Log lines that stood out</h3>
      {lines.length === 0 ? (
        <p className={layout.note}>No log line stood out.</p>
      ) : (
        <ul className={styles.logLines}>
          {lines.map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: evidence never changes its order, and lines can be equal
            <li key={i} className={styles.logLine}>
              <div className={styles.logHead}>
                <LevelBadge level={line.level} />
                <Time t={line.t} />
                <span className={layout.quiet}>score {formatNumber(line.score)}</span>
              </div>
              <p className={styles.logText}>
                {markWords(line.message, line.words).map((segment, k) =>
                  segment.share > 0 ? (
                    <mark
                      // biome-ignore lint/suspicious/noArrayIndexKey: segments are positions in one text
                      key={k}
                      className={styles.word}
                      style={{ '--share': segment.share.toFixed(3) } as React.CSSProperties}
                      title={`${Math.round(segment.share * 100)} % of the reconstruction error`}
                    >
                      {segment.text}
                    </mark>
                  ) : (
                    segment.text
                  ),
                )}
              </p>
              {line.notes.length === 0 ? null : <p className={layout.note}>{line.notes.join('; ')}</p>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
