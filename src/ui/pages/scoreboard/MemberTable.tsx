import type { ReactNode } from 'react';
import { MEMBERS, type Member, type Scoreboard } from '../../../domain/scoreboard';
import { type Column, DataTable } from '../../components/DataTable';
import { Panel } from '../../components/Panel';
import { Time } from '../../components/Time';
import { twoLinesColumn } from '../../components/TwoLines';
import { formatNumber, formatPercent } from '../../format';
import { useMedia } from '../../hooks';
import layout from '../layout.module.css';
import { describeDelay, MEMBER_LABELS } from './rows';

interface MemberTableProps {
  readonly board: Scoreboard;
  readonly onPick: (member: Member) => void;
}

/** What goes first where there is little room: figures that the others tell, too. */
const OPTIONAL: Readonly<Record<string, number>> = { 'range-precision': 1, 'range-recall': 2, ap: 3, f1: 4, delay: 5 };

/** By sample, by event and false alarms, of each member: a row is picked for the curve and the lists. */
export function MemberTable({ board, onPick }: MemberTableProps) {
  const isNarrow = useMedia('(max-width: 640px)');
  const of = (member: Member) => board.members[member];
  const figure = (key: string, header: string, render: (member: Member) => ReactNode, width = 100): Column<Member> => ({
    key,
    header,
    width,
    ...(key in OPTIONAL ? { optional: OPTIONAL[key] } : {}),
    align: 'right',
    render,
  });
  const share = (key: string, header: string, value: (member: Member) => number): Column<Member> =>
    figure(key, header, (member) => formatPercent(value(member)), 92);
  const hits = (member: Member): string => `${of(member).byEvent.hits} of ${of(member).byEvent.events}`;
  const falseADay = (member: Member): string => formatNumber(of(member).alarms.perDeviceDay, 2);
  const columns: readonly Column<Member>[] = [
    {
      key: 'member',
      header: 'Member',
      render: (member) => <span className={layout.strong}>{MEMBER_LABELS[member]}</span>,
    },
    share('precision', 'Precision', (member) => of(member).precision),
    share('recall', 'Recall', (member) => of(member).recall),
    share('f1', 'F1', (member) => of(member).f1),
    share('ap', 'Average pr.', (member) => of(member).averagePrecision),
    figure('hits', 'Faults found', hits),
    share('range-recall', 'Range recall', (member) => of(member).byEvent.rangeRecall),
    share('range-precision', 'Range prec.', (member) => of(member).alarms.rangePrecision),
    figure('delay', 'To detect', (member) => describeDelay(of(member).byEvent.medianDelayMs)),
    figure('false', 'False a day', (member) => <span title={describeAlarms(board, member)}>{falseADay(member)}</span>),
  ];
  const narrow = [
    twoLinesColumn<Member>('Member', (member) => ({
      top: `${MEMBER_LABELS[member]}: ${hits(member)} found`,
      below: `Precision ${formatPercent(of(member).precision, 0)}, recall ${formatPercent(of(member).recall, 0)}, ${falseADay(member)} false a day`,
    })),
  ];
  return (
    <Panel
      title="Detection against the truth"
      subtitle={
        <>
          Since <Time t={board.from} /> of the data, reloads included. Precision, recall, F1 and average precision by
          sample; the rest by fault. Pick a row for the curve and the lists
        </>
      }
      flush
    >
      <DataTable
        rows={MEMBERS}
        columns={columns}
        narrowColumns={narrow}
        rowKey={(member) => member}
        selectedKey={board.member}
        onRowActivate={onPick}
        caption="Figures of the hybrid and of each member"
        height={isNarrow ? 200 : 144}
        empty={null}
      />
    </Panel>
  );
}

function describeAlarms(board: Scoreboard, member: Member): string {
  const { falseAlarms, duringNormalEvents, deviceDays } = board.members[member].alarms;
  return `${falseAlarms} false alarms in ${formatNumber(deviceDays, 2)} device days, ${duringNormalEvents} of them during a normal event`;
}
