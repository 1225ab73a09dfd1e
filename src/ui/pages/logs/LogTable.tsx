import { type ReactNode, useState } from 'react';
import type { LogLevel } from '../../../domain/telemetry';
import { LinkButton } from '../../components/Button';
import { LevelBadge, ScoreBar } from '../../components/badges';
import { type Column, DataTable } from '../../components/DataTable';
import { Dialog } from '../../components/Dialog';
import { Time } from '../../components/Time';
import { TwoLines } from '../../components/TwoLines';
import { formatNumber } from '../../format';
import layout from '../layout.module.css';
import styles from './logs.module.css';
import { searchTextOf } from './template-relations';

/** A log line as shown, live or stored. */
export interface ShownLine {
  readonly key: string;
  readonly t: number;
  readonly deviceId: string;
  readonly deviceName: string;
  readonly level: LogLevel;
  readonly message: string;
  readonly template: string;
  /** Anomaly score 0..100; NaN while warming up. */
  readonly score: number;
}

const COLUMNS: readonly Column<ShownLine>[] = [
  { key: 't', header: 'Time', width: 92, render: (line) => <Time t={line.t} />, sortValue: (line) => line.t },
  {
    key: 'level',
    header: 'Level',
    width: 104,
    render: (line) => <LevelBadge level={line.level} />,
    sortValue: (line) => line.level,
  },
  {
    key: 'device',
    header: 'Device',
    width: 116,
    render: (line) => line.deviceName,
    sortValue: (line) => line.deviceName,
  },
  {
    key: 'score',
    header: 'Log score',
    width: 108,
    render: (line) => <ScoreBar score={line.score} />,
    sortValue: (line) => line.score,
  },
  {
    key: 'message',
    header: 'Message',
    width: 360,
    render: (line) => <span className={layout.mono}>{line.message}</span>,
    sortValue: (line) => line.message,
  },
  {
    key: 'template',
    header: 'Template',
    optional: 1,
    render: (line) => (
      <span className={styles.template} title={line.template}>
        {line.template}
      </span>
    ),
    sortValue: (line) => line.template,
  },
];

/** On a phone the message has the width; the rest of the line stands below it, the template in the detail. */
const NARROW_COLUMNS: readonly Column<ShownLine>[] = [
  {
    key: 'message',
    header: 'Message',
    render: (line) => (
      <TwoLines
        top={<span className={styles.line}>{line.message}</span>}
        below={
          <>
            <Time t={line.t} /> {line.deviceName}, score {formatNumber(line.score)}
          </>
        }
      />
    ),
  },
  COLUMNS[1],
];

/** Log lines; Enter or a click opens a line in full. */
export function LogTable({
  lines,
  caption,
  empty,
}: {
  readonly lines: readonly ShownLine[];
  readonly caption: string;
  readonly empty: ReactNode;
}) {
  const [open, setOpen] = useState<ShownLine | undefined>(undefined);
  return (
    <>
      <DataTable
        rows={lines}
        columns={COLUMNS}
        narrowColumns={NARROW_COLUMNS}
        rowKey={(line) => line.key}
        onRowActivate={setOpen}
        caption={caption}
        height={600}
        rowHeight={32}
        empty={empty}
      />
      <Dialog
        open={open !== undefined}
        onClose={() => setOpen(undefined)}
        title="Log line"
        wide
        footer={
          open === undefined ? null : (
            <>
              <LinkButton
                href={`#/logs?device=${encodeURIComponent(open.deviceId)}`}
                onClick={() => setOpen(undefined)}
              >
                Only this device
              </LinkButton>
              <LinkButton
                href={`#/logs?${new URLSearchParams({ tab: 'stored', text: searchTextOf(open.template) })}`}
                onClick={() => setOpen(undefined)}
              >
                Lines like this
              </LinkButton>
            </>
          )
        }
      >
        {open === undefined ? null : <LineFacts line={open} />}
      </Dialog>
    </>
  );
}

function LineFacts({ line }: { readonly line: ShownLine }) {
  return (
    <dl className={layout.facts}>
      <dt>Time</dt>
      <dd>
        <Time t={line.t} style="datetime" />
      </dd>
      <dt>Device</dt>
      <dd>{line.deviceName}</dd>
      <dt>Level</dt>
      <dd>
        <LevelBadge level={line.level} />
      </dd>
      <dt>Log score</dt>
      <dd className={styles.shortScore}>
        <ScoreBar score={line.score} />
      </dd>
      <dt>Message</dt>
      <dd className={styles.message}>{line.message}</dd>
      <dt>Template</dt>
      <dd className={styles.message}>{line.template}</dd>
    </dl>
  );
}
