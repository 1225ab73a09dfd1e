import { Confidence } from '../../components/Confidence';
import { VoteList } from '../../components/VoteList';
import { agreementWords, voteRows, votesAt } from '../../components/votes';
import { useApp, useAppState, useLive } from '../../hooks';
import layout from '../layout.module.css';

/** What every member of both models says of one device now. Log members are heard for some seconds after an unusual line. */
export function DeviceVotes({ device }: { readonly device: number }) {
  const { store } = useApp();
  useLive(2);
  const settings = useAppState((state) => state.run?.settings);
  const { frame } = store.getState();
  const rows = voteRows(votesAt(frame?.fleet.members ?? [], device), {
    settings,
    metricDetector: frame?.metricDetector,
    logDetector: frame?.logDetector,
  });
  return (
    <section className={layout.section} aria-label="Votes of the members">
      <h3 className={layout.heading}>Votes now</h3>
      <VoteList label="Members of both models" rows={rows} />
      <p className={layout.note}>
        {agreementWords(rows)} Confidence: <Confidence value={frame?.fleet.confidence[device] ?? Number.NaN} />
      </p>
    </section>
  );
}
