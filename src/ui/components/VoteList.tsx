import { severityOf } from '../../domain/scores';
import { formatNumber } from '../format';
import { Badge } from './badges';
import type { VoteRow } from './votes';
import styles from './votes.module.css';

interface VoteListProps {
  readonly label: string;
  readonly rows: readonly VoteRow[];
}

/** What each member says, all on the one scale from 0 to 100, and whether it would have raised the alarm by itself. */
export function VoteList({ label, rows }: VoteListProps) {
  return (
    <ul className={styles.list} aria-label={label}>
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
  const { score } = say;
  return (
    <>
      <span className={styles.number}>{formatNumber(score)}</span>
      <span className={styles.track} aria-hidden="true">
        <span className={styles.fill} data-severity={severityOf(score)} style={{ width: `${Math.min(100, score)}%` }} />
      </span>
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
