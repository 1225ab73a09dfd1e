import type { Alert } from '../../../domain/alerts';
import type { ModelKind } from '../../../domain/models';
import { Confidence } from '../../components/Confidence';
import { VoteList } from '../../components/VoteList';
import { agreementWords, type VoteRow, voteRows } from '../../components/votes';
import { formatNumber } from '../../format';
import layout from '../layout.module.css';
import styles from './alerts.module.css';

/** What each model and each of its members said at the peak, and what all together came to against the threshold. */
export function Votes({ alert }: { readonly alert: Alert }) {
  const { hybrid, alarmAt, members = [] } = alert;
  const reach = Math.max(hybrid, alarmAt) * 1.15;
  const share = (value: number): string => `${Number.isFinite(value) && reach > 0 ? (value / reach) * 100 : 0}%`;
  const rows = voteRows(members, undefined);
  return (
    <section className={layout.section} aria-label="Votes of the models">
      <h3 className={layout.heading}>Votes at the peak</h3>
      {members.length === 0 ? null : <p>{agreementWords(rows)}</p>}
      <ModelVotes model="metrics" label="Metric model" score={alert.metricScore} rows={rows} />
      <ModelVotes model="logs" label="Log model" score={alert.logScore} rows={rows} />
      <dl className={layout.facts}>
        {alert.confidence === undefined || Number.isNaN(alert.confidence) ? null : (
          <>
            <dt>Confidence</dt>
            <dd>
              <Confidence value={alert.confidence} />
            </dd>
          </>
        )}
        <dt>Hybrid</dt>
        <dd>
          <span className={styles.strongNumber}>{formatNumber(hybrid, 2)}</span>
          <span className={layout.quiet}> alarm at {formatNumber(alarmAt, 2)}</span>
          <span className={styles.hybridTrack} aria-hidden="true">
            <span className={styles.hybridFill} style={{ width: share(hybrid) }} />
            <span className={styles.hybridMark} style={{ left: share(alarmAt) }} />
          </span>
        </dd>
      </dl>
    </section>
  );
}

interface ModelVotesProps {
  readonly model: ModelKind;
  readonly label: string;
  /** Joined anomaly score of the model; NaN = it had nothing to say. */
  readonly score: number;
  readonly rows: readonly VoteRow[];
}

function ModelVotes({ model, label, score, rows }: ModelVotesProps) {
  const own = rows.filter((row) => row.model === model);
  const isSilent = own.every((row) => row.say.kind === 'silent');
  return (
    <div className={styles.model}>
      <VoteList label={`${label} and its members`} head={{ label, score }} rows={isSilent ? [] : own} />
    </div>
  );
}
