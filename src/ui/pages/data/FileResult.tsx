import { Download } from 'lucide-react';
import { useState } from 'react';
import type { FileProblem, OpenedFile } from '../../../app/types';
import { Button, LinkButton } from '../../components/Button';
import { type Column, DataTable } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { Panel } from '../../components/Panel';
import { Stat } from '../../components/Stat';
import { formatNumber, formatPercent } from '../../format';
import { useApp, useAppState, useFacts } from '../../hooks';
import layout from '../layout.module.css';

const PROBLEM_COLUMNS: readonly Column<FileProblem>[] = [
  {
    key: 'line',
    header: 'Line',
    width: 96,
    align: 'right',
    render: (problem) => formatNumber(problem.line),
    sortValue: (problem) => problem.line,
  },
  {
    key: 'message',
    header: 'What is wrong',
    render: (problem) => <span title={problem.message}>{problem.message}</span>,
  },
];

/** What came of an opened file: rows, alerts, bad lines, and how good the scores are where the file has labels. */
export function FileResult({ opened, label }: { readonly opened: OpenedFile | undefined; readonly label: string }) {
  const { commands, engine } = useApp();
  const [busy, setBusy] = useState(false);
  const runId = useAppState((state) => state.run?.info.runId);
  const alerts = useFacts(
    ['alerts', 'runs'],
    async (app) => (await app.engine.alerts(5000)).filter((alert) => alert.runId === runId),
    [runId],
  );
  const exportScores = async (): Promise<void> => {
    setBusy(true);
    try {
      const result = await engine.exportScores();
      if (result.ok) commands.save(`${label.replace(/[^\w.-]+/g, '_')}.scores.csv`, result.value);
      else commands.notify({ kind: 'error', title: 'The scores could not be exported', detail: result.error.message });
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      commands.notify({ kind: 'error', title: 'The scores could not be exported', detail });
    }
    setBusy(false);
  };
  return (
    <Panel
      title={`Result: ${label}`}
      actions={
        <Button
          variant="primary"
          icon={<Download aria-hidden="true" />}
          disabled={busy}
          onClick={() => void exportScores()}
        >
          Export scores (CSV)
        </Button>
      }
    >
      <div className={layout.form}>
        <TooShort rows={opened?.rows} />
        <div className={layout.stats}>
          <Stat label="Rows" value={formatNumber(opened?.rows)} hint="read" />
          <Stat label="Bad rows" value={formatNumber(opened?.badRows)} hint="left out" />
          <Stat label="Alerts" value={formatNumber(alerts.data?.length)} hint="found" />
          <Evaluation wanted={opened?.hasLabels ?? true} />
        </div>
        <div className={layout.buttons}>
          <LinkButton href="#/overview">Show the charts</LinkButton>
          <LinkButton href="#/alerts?run=this">Show the alerts</LinkButton>
          <LinkButton href="#/logs?tab=stored">Show the log</LinkButton>
        </div>
        {opened === undefined || opened.problems.length === 0 ? null : (
          <section className={layout.section} aria-label="Bad rows">
            <h3 className={layout.heading}>
              Bad rows{opened.badRows > opened.problems.length ? ` (the first ${opened.problems.length})` : ''}
            </h3>
            <DataTable
              rows={opened.problems}
              columns={PROBLEM_COLUMNS}
              rowKey={(problem) => `${problem.line}:${problem.message}`}
              caption="Bad rows with their line numbers"
              height={Math.min(280, 40 + opened.problems.length * 28)}
              rowHeight={28}
              empty={<EmptyState kind="empty" title="No bad row" />}
            />
          </section>
        )}
      </div>
    </Panel>
  );
}

/** A file that no model could be trained on was read but not scored: without this, no alert would look like good news. */
function TooShort({ rows }: { readonly rows: number | undefined }) {
  const isScored = useAppState(({ frame }) =>
    frame === undefined ? true : frame.metricDetector.kind === 'ready' || frame.logDetector.kind === 'ready',
  );
  const isFile = useAppState((state) => state.frame?.runKind === 'file');
  if (isScored || !isFile) return null;
  return (
    <div className={layout.bad} role="alert">
      <p className={layout.strong}>Nothing was scored</p>
      <p>
        The file has {formatNumber(rows)} {rows === 1 ? 'row' : 'rows'}: too few to train a model on. Open a longer one,
        or take the active models where they fit.
      </p>
    </div>
  );
}

/** Against the label column. Labels never reach a detector. */
function Evaluation({ wanted }: { readonly wanted: boolean }) {
  const facts = useFacts(['runs', 'alerts'], async (app) => (wanted ? app.engine.evaluateFile() : undefined), [wanted]);
  const found = facts.data;
  if (found === undefined) return null;
  if (found.labelled === 0) return <Stat label="Labelled rows" value="0" hint="nothing to compare with" />;
  return (
    <>
      <Stat label="ROC AUC" value={formatNumber(found.rocAuc, 3)} hint="against the labels" />
      <Stat label="Average precision" value={formatNumber(found.averagePrecision, 3)} hint="against the labels" />
      <Stat label="Precision" value={formatPercent(found.precision)} hint="of the flagged rows" />
      <Stat
        label="Recall"
        value={formatPercent(found.recall)}
        hint={`of ${formatNumber(found.labelled)} labelled rows`}
      />
      <Stat
        label="Events hit"
        value={`${formatNumber(found.eventsHit)} / ${formatNumber(found.events)}`}
        hint="labelled intervals"
      />
    </>
  );
}
