import { severityOf } from '../../domain/scores';
import { formatNumber } from '../format';
import { Badge } from './badges';
import { cx } from './cx';
import type { VoteRow } from './votes';
import styles from './votes.module.css';

interface VoteListProps {
  readonly label: string;
  readonly rows: readonly VoteRow[];
  /** The model that the members are of, with their joined score (NaN = nothing to say), as a first row. */
  readonly head?: { readonly label: string; readonly score: number };
}

/** What each member says, all on the one scale from 0 to 100, and whether it would have raised the alarm by itself. */
export function VoteList({ label, rows, head }: VoteListProps) {
  return (
    <ul className={styles.list} aria-label={label}>
      {head === undefined ? null : (
        <li className={cx(styles.row, styles.head)}>
          <span>{head.label}</span>
          {Number.isFinite(head.score) ? (
            <Score score={head.score} />
          ) : (
            <span className={styles.silent}>nothing to say</span>
          )}
        </li>
      )}
      {rows.map((row) => (
        <li key={row.id} className={styles.row}>
          <span className={styles.name} title={row.help}>
            {row.label}
          </span>
          <Say say={row.say} />
        </li>
      ))}
    </ul>
  );
}

function Say({ say }: { readonly say: VoteRow['say'] }) {
  if (say.kind === 'silent') return <span className={styles.silent}>{say.why}</span>;
  return (
    <>
      <Score score={say.score} />
      <span className={styles.verdict}>
        {say.kind === 'anomaly' ? (
          <Badge tone="danger" shape="octagon">
            Anomaly
          </Badge>
        ) : (
          <Badge tone="quiet" shape="check">
            Normal
          </Badge>
        )}
      </span>
    </>
  );
}

function Score({ score }: { readonly score: number }) {
  return (
    <>
      <span className={styles.number}>{formatNumber(score)}</span>
      <span className={styles.track} aria-hidden="true">
        <span className={styles.fill} data-severity={severityOf(score)} style={{ width: `${Math.min(100, score)}%` }} />
      </span>
    </>
  );
}
