import type { Catalog } from '../../../domain/catalog';
import type { Scoreboard } from '../../../domain/scoreboard';
import { type Column, DataTable } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { Panel } from '../../components/Panel';
import { Tabs } from '../../components/Tabs';
import { Time } from '../../components/Time';
import { twoLinesColumn } from '../../components/TwoLines';
import { formatDuration } from '../../format';
import layout from '../layout.module.css';
import { describeDelay, LISTS, type ListName, listMoments, type MomentRow, nameFault } from './rows';

interface MomentListProps {
  readonly board: Scoreboard;
  readonly catalog: Catalog;
  readonly labels: ReadonlyMap<string, string>;
  readonly list: ListName;
  readonly onList: (list: ListName) => void;
  readonly selected: string | undefined;
  readonly onPick: (row: MomentRow) => void;
}

const EMPTY: Readonly<Record<ListName, { readonly title: string; readonly detail: string }>> = {
  hits: { title: 'No hit yet', detail: 'A fault that an alert was raised on stands here.' },
  misses: { title: 'Nothing missed', detail: 'A fault that ended without an alert stands here.' },
  running: { title: 'No fault runs unnoticed', detail: 'What runs and was not noticed yet stands here.' },
  false: { title: 'No false alarm', detail: 'An alert outside of every fault stands here.' },
};

/** Hits, misses, what runs unnoticed, and false alarms: each row leads to its moment. */
export function MomentList(props: MomentListProps) {
  const { board, catalog, labels, list, onList, selected, onPick } = props;
  const { byEvent, alarms } = board.members[board.member];
  const titles: Readonly<Record<ListName, string>> = {
    hits: `Hits ${byEvent.hits}`,
    misses: `Misses ${byEvent.misses}`,
    running: `Unnoticed ${byEvent.running}`,
    false: `False alarms ${alarms.falseAlarms}`,
  };
  const name = (row: MomentRow): string => catalog.devices[row.device]?.name ?? '–';
  const what = (row: MomentRow): string =>
    row.what === '' ? 'nothing known' : list === 'false' ? `during ${row.what}` : nameFault(row.what, labels);
  const columns: readonly Column<MomentRow>[] = [
    { key: 'at', header: 'Moment', width: 176, render: (row) => <Time t={row.at} style="datetime" /> },
    { key: 'device', header: 'Device', render: (row) => <span className={layout.strong}>{name(row)}</span> },
    { key: 'what', header: list === 'false' ? 'Normal event' : 'Fault', render: what },
    { key: 'from', header: 'From', width: 104, optional: 2, render: (row) => <Time t={row.from} /> },
    { key: 'to', header: 'To', width: 104, optional: 1, render: (row) => <Time t={row.to} /> },
    { key: 'delay', header: 'After', width: 96, align: 'right', render: (row) => describeDelay(row.delayMs) },
  ];
  const narrow = [
    twoLinesColumn<MomentRow>('Moment', (row) => ({
      top: `${name(row)}: ${what(row)}`,
      below: (
        <>
          <Time t={row.at} style="datetime" />
          {row.delayMs === undefined
            ? ''
            : `, ${row.delayMs === 0 ? 'at once' : `after ${formatDuration(row.delayMs)}`}`}
        </>
      ),
    })),
  ];
  return (
    <Panel title="Moments" subtitle="The latest of each; a row leads to its moment">
      <Tabs
        label="Which moments"
        value={list}
        onChange={(key) => onList(LISTS.find((one) => one === key) ?? 'hits')}
        tabs={LISTS.map((key) => ({
          key,
          label: titles[key],
          content: (
            <DataTable
              rows={listMoments(board, key)}
              columns={columns}
              narrowColumns={narrow}
              rowKey={(row) => row.key}
              selectedKey={selected}
              onRowActivate={onPick}
              caption={titles[key]}
              height={296}
              empty={<EmptyState kind="empty" {...EMPTY[key]} />}
            />
          ),
        }))}
      />
    </Panel>
  );
}
