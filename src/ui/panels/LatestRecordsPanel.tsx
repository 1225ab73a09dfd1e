import { useMemo } from 'react';
import type { RecordVerdict } from '../../domain/frame';
import { Badge, type BadgeTone, ScoreBar } from '../components/badges';
import { type Column, DataTable } from '../components/DataTable';
import { EmptyState } from '../components/EmptyState';
import { Panel } from '../components/Panel';
import type { ShapeKind } from '../components/Shape';
import { Time } from '../components/Time';
import { TwoLines } from '../components/TwoLines';
import { formatNumber, formatValue } from '../format';
import { useApp, useAppState, useLive } from '../hooks';

const SHOWN = 60;
/** Metrics of a record that fit into the table. */
const METRICS_SHOWN = 4;
/** A file's times carry the date, which takes a metric's place. */
const FILE_METRICS_SHOWN = 3;

const VERDICTS: Readonly<Record<RecordVerdict['verdict'], readonly [string, BadgeTone, ShapeKind]>> = {
  normal: ['Normal', 'ok', 'check'],
  anomaly: ['Anomaly', 'danger', 'octagon'],
  'warming-up': ['Warming up', 'quiet', 'ring'],
  refused: ['Refused', 'quarantine', 'lock'],
};

/** The latest samples with what the detectors said. */
export function LatestRecordsPanel() {
  useLive(1);
  const { rings } = useApp();
  const isFile = useAppState((state) => state.run?.info.kind === 'file');
  const catalog = useAppState((state) => state.run?.catalog);
  const focused = useAppState((state) => state.focusedDevice);
  const version = rings.version();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rings tell by their version that they changed
  const rows = useMemo(
    () =>
      rings
        .records(200)
        .filter((record) => focused === undefined || record.device === focused)
        .slice(0, SHOWN),
    [rings, version, focused],
  );
  const columns = useMemo<readonly Column<RecordVerdict>[]>(() => {
    const metrics = catalog?.metrics.slice(0, isFile ? FILE_METRICS_SHOWN : METRICS_SHOWN) ?? [];
    return [
      {
        key: 't',
        header: 'Time',
        width: isFile ? 168 : 84,
        render: (row) => <Time t={row.t} style={isFile ? 'datetime' : 'time'} />,
      },
      { key: 'device', header: 'Device', render: (row) => catalog?.devices[row.device]?.name ?? '' },
      ...metrics.map((metric, m) => ({
        key: metric.key,
        header: metric.label,
        // Room for `59.2 Mbit/s`, or for the name that a file gives a column.
        width: isFile || metric.unit.length > 2 ? 94 : 72,
        align: 'right' as const,
        optional: metrics.length - m,
        render: (row: RecordVerdict) => formatValue(row.values[m], metric.unit),
      })),
      {
        key: 'metricScore',
        header: 'Metrics',
        width: 66,
        optional: metrics.length + 1,
        align: 'right',
        render: (row) => formatNumber(row.metricScore),
      },
      {
        key: 'logScore',
        header: 'Logs',
        width: 52,
        optional: metrics.length + 2,
        align: 'right',
        render: (row) => formatNumber(row.logScore),
      },
      { key: 'score', header: 'Score', width: 100, render: (row) => <ScoreBar score={row.score} /> },
      {
        key: 'verdict',
        header: 'Verdict',
        width: 122,
        render: (row) => {
          const [word, tone, shape] = VERDICTS[row.verdict];
          return (
            <Badge tone={tone} shape={shape}>
              {word}
            </Badge>
          );
        },
      },
    ];
  }, [catalog, isFile]);
  const narrowColumns: readonly Column<RecordVerdict>[] = [
    {
      key: 'device',
      header: 'Device',
      render: (row) => (
        <TwoLines
          top={catalog?.devices[row.device]?.name ?? ''}
          below={<Time t={row.t} style={isFile ? 'datetime' : 'time'} />}
        />
      ),
    },
    ...columns.slice(-2, -1).map((score) => ({ ...score, optional: 1 })),
    ...columns.slice(-1),
  ];
  return (
    <Panel title="Latest records" subtitle="Samples with the scores of both models, newest first" flush>
      <DataTable
        caption="Latest records with verdicts"
        rows={rows}
        columns={columns}
        narrowColumns={narrowColumns}
        rowKey={(row) => `${row.t} ${row.device}`}
        height={348}
        empty={<EmptyState kind="loading" title="Waiting for the first samples" />}
      />
    </Panel>
  );
}
