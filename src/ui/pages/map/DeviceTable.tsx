import { useMemo } from 'react';
import type { MetricSpec } from '../../../domain/catalog';
import { DEVICE_STATES } from '../../../domain/frame';
import { ScoreBar, StateBadge } from '../../components/badges';
import { type Column, DataTable } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { TwoLines } from '../../components/TwoLines';
import { formatNumber, formatValue } from '../../format';
import layout from '../layout.module.css';
import { type DeviceRow, placeOf } from './device-rows';

/** Quarantined and alerting devices sort above calm ones. */
const URGENCY: Readonly<Record<string, number>> = { quarantined: 4, alert: 5, warning: 3, silent: 2, ok: 1 };

/** By state, not by score: rows would change places twice a second. */
const BY_URGENCY = { key: 'state', order: 'down' } as const;

interface DeviceTableProps {
  readonly rows: readonly DeviceRow[];
  readonly metrics: readonly MetricSpec[];
  readonly selected: DeviceRow | undefined;
  readonly onSelect: (row: DeviceRow) => void;
  /** Ids of the devices that are ticked. */
  readonly picked: ReadonlySet<string>;
  readonly onPick: (picked: ReadonlySet<string>) => void;
}

const keyOf = (row: DeviceRow): string => row.device.id;

/** Every device with its state and score, and with its place and first two metrics where there is room. */
export function DeviceTable({ rows, metrics, selected, onSelect, picked, onPick }: DeviceTableProps) {
  const columns = useMemo(() => columnsFor(metrics), [metrics]);
  return (
    <DataTable
      rows={rows}
      columns={columns}
      narrowColumns={NARROW_COLUMNS}
      rowKey={keyOf}
      picking={{ picked, onChange: onPick, nameOf: (row) => row.device.name }}
      onRowActivate={onSelect}
      selectedKey={selected?.device.id}
      caption={`Devices with ${DEVICE_STATES.length} possible states`}
      height={selected === undefined ? 620 : 400}
      initialSort={BY_URGENCY}
      empty={
        <EmptyState kind="loading" title="The fleet is starting" detail="Devices appear with the first samples." />
      }
    />
  );
}

const STATE: Column<DeviceRow> = {
  key: 'state',
  header: 'State',
  width: 122,
  render: (row) => <StateBadge state={row.state} />,
  sortValue: (row) => URGENCY[row.state] ?? 0,
};
const SCORE: Column<DeviceRow> = {
  key: 'score',
  header: 'Score',
  width: 98,
  render: (row) => <ScoreBar score={row.score} />,
  sortValue: (row) => row.score,
};
const NARROW_COLUMNS: readonly Column<DeviceRow>[] = [
  {
    key: 'device',
    header: 'Device',
    render: (row) => (
      <TwoLines
        top={row.device.name}
        below={`${row.device.city || placeOf(row.device)}, score ${formatNumber(row.score)}`}
      />
    ),
    sortValue: (row) => row.device.name,
  },
  // As the last column it has the table's own margin beside it.
  { ...STATE, width: 140 },
];

function columnsFor(metrics: readonly MetricSpec[]): Column<DeviceRow>[] {
  return [
    {
      key: 'device',
      header: 'Device',
      width: 128,
      render: (row) => <span className={layout.strong}>{row.device.name}</span>,
      sortValue: (row) => row.device.name,
    },
    {
      key: 'region',
      header: 'Region',
      width: 97,
      optional: 3,
      render: (row) => <span title={placeOf(row.device)}>{row.device.city || placeOf(row.device) || '–'}</span>,
      sortValue: (row) => placeOf(row.device),
    },
    STATE,
    SCORE,
    ...metrics.slice(0, 2).map(
      (metric, i): Column<DeviceRow> => ({
        key: `metric-${i}`,
        header: metric.label,
        width: 84,
        align: 'right',
        optional: 2 - i,
        render: (row) => formatValue(row.values[i], metric.unit),
        sortValue: (row) => row.values[i],
      }),
    ),
  ];
}
