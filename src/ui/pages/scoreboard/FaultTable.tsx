import { MEMBERS, type Scoreboard } from '../../../domain/scoreboard';
import { type Column, DataTable } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { Panel } from '../../components/Panel';
import { twoLinesColumn } from '../../components/TwoLines';
import { formatPercent } from '../../format';
import layout from '../layout.module.css';
import { describeDelay, MEMBER_LABELS, nameFault } from './rows';

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
  const delay = (key: 'medianDelayMs' | 'p90DelayMs', header: string): Column<Row> => ({
    key,
    header,
    width: 106,
    optional: key === 'p90DelayMs' ? 1 : 3,
    align: 'right',
    render: (row) => describeDelay(own(row).byEvent[key]),
    sortValue: (row) => own(row).byEvent[key],
  });
  const columns: readonly Column<Row>[] = [
    {
      key: 'fault',
      header: 'Fault',
      width: 200,
      render: (row) => <span className={layout.strong}>{nameFault(row.fault, labels)}</span>,
      sortValue: (row) => nameFault(row.fault, labels),
    },
    ...MEMBERS.map(
      (member): Column<Row> => ({
        key: member,
        header: MEMBER_LABELS[member],
        width: 84,
        align: 'right',
        render: (row) => found(row, member),
      }),
    ),
    delay('medianDelayMs', 'To detect'),
    delay('p90DelayMs', '90 % within'),
    {
      key: 'recall',
      header: 'Recall',
      optional: 2,
      width: 84,
      align: 'right',
      render: (row) => formatPercent(own(row).recall, 0),
      sortValue: (row) => own(row).recall,
    },
  ];
  const narrow = [
    twoLinesColumn<Row>('Fault', (row) => ({
      top: nameFault(row.fault, labels),
      below: `${found(row, board.member)} found, median ${describeDelay(own(row).byEvent.medianDelayMs)}`,
    })),
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
