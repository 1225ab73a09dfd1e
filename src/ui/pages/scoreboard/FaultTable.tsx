import type { Scoreboard } from '../../../domain/scoreboard';
import { type Column, DataTable } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { Panel } from '../../components/Panel';
import { TwoLines } from '../../components/TwoLines';
import { formatPercent } from '../../format';
import layout from '../layout.module.css';
import { describeDelay, nameFault } from './rows';

type Row = Scoreboard['faults'][number];

interface FaultTableProps {
  readonly board: Scoreboard;
  readonly labels: ReadonlyMap<string, string>;
}

/** Each kind of fault: how many were found by whom, and how fast. */
export function FaultTable({ board, labels }: FaultTableProps) {
  const found = (row: Row, member: keyof Row['members']): string => {
    const { hits, events } = row.members[member].byEvent;
    return events === 0 ? '–' : `${hits} of ${events}`;
  };
  const own = (row: Row) => row.members[board.member];
  const columns: readonly Column<Row>[] = [
    {
      key: 'fault',
      header: 'Fault',
      render: (row) => <span className={layout.strong}>{nameFault(row.fault, labels)}</span>,
      sortValue: (row) => nameFault(row.fault, labels),
    },
    { key: 'hybrid', header: 'Hybrid', width: 84, align: 'right', render: (row) => found(row, 'hybrid') },
    { key: 'metrics', header: 'Metrics', width: 84, align: 'right', render: (row) => found(row, 'metrics') },
    { key: 'logs', header: 'Logs', width: 84, align: 'right', render: (row) => found(row, 'logs') },
    {
      key: 'median',
      header: 'To detect',
      width: 104,
      align: 'right',
      render: (row) => describeDelay(own(row).byEvent.medianDelayMs),
      sortValue: (row) => own(row).byEvent.medianDelayMs,
    },
    {
      key: 'p90',
      header: '90 % within',
      width: 108,
      align: 'right',
      render: (row) => describeDelay(own(row).byEvent.p90DelayMs),
      sortValue: (row) => own(row).byEvent.p90DelayMs,
    },
    {
      key: 'recall',
      header: 'Recall',
      width: 84,
      align: 'right',
      render: (row) => formatPercent(own(row).recall, 0),
      sortValue: (row) => own(row).recall,
    },
  ];
  const narrow: readonly Column<Row>[] = [
    {
      key: 'what',
      header: 'Fault',
      render: (row) => (
        <TwoLines
          top={nameFault(row.fault, labels)}
          below={`${found(row, board.member)} found, median ${describeDelay(own(row).byEvent.medianDelayMs)}`}
        />
      ),
    },
  ];
  return (
    <Panel title="By fault" subtitle="Found by each; times and recall are of the picked row above" flush>
      <DataTable
        rows={board.faults}
        columns={columns}
        narrowColumns={narrow}
        rowKey={(row) => row.fault}
        caption="Kinds of fault with how many were found"
        height={296}
        empty={<EmptyState kind="empty" title="No fault yet" detail="Inject one to see how it is found." />}
      />
    </Panel>
  );
}
