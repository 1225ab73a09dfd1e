import { LogIn } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Decision, QuarantineEntry } from '../../../domain/decisions';
import type { DeviceId } from '../../../domain/ids';
import { Button } from '../../components/Button';
import { Badge } from '../../components/badges';
import { type Column, DataTable } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { Panel } from '../../components/Panel';
import { Time } from '../../components/Time';
import { TwoLines } from '../../components/TwoLines';
import { formatCount } from '../../format';
import { type Facts, useApp } from '../../hooks';
import layout from '../layout.module.css';

const ORIGIN_WORDS: Readonly<Record<Decision['origin'], string>> = {
  policy: 'Policy',
  operator: 'By hand',
  import: 'Import',
};

const keyOf = (entry: QuarantineEntry): string => entry.deviceId;

/** The devices in quarantine: release one, several or all. Each release can be undone from its notice. */
export function QuarantineList({ facts }: { readonly facts: Facts<readonly QuarantineEntry[]> }) {
  const { commands } = useApp();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const entries = facts.data ?? [];
  const chosen = entries.filter((entry) => picked.has(entry.deviceId)).map((entry) => entry.deviceId);

  const release = async (ids: readonly DeviceId[], reason: string): Promise<void> => {
    const result = await commands.release(ids, reason);
    if (result.ok) setPicked((before) => new Set([...before].filter((id) => !ids.some((one) => one === id))));
  };
  const columns = useMemo(() => columnsFor((id) => void commands.release([id], 'released from the list')), [commands]);

  const narrowColumns: readonly Column<QuarantineEntry>[] = [
    {
      key: 'device',
      header: 'Device and reason',
      render: (entry) => (
        <TwoLines
          top={entry.deviceName}
          below={
            <>
              {entry.reason}
              <br />
              {entry.evidence === undefined ? null : (
                <>
                  <a href={`#/alerts?id=${encodeURIComponent(entry.evidence)}`}>Alert</a>{' '}
                </>
              )}
              <Time t={entry.since} />, {formatCount(entry.refusedSamples)} refused
            </>
          }
        />
      ),
    },
    ...columns.filter((column) => column.key === 'release'),
  ];

  return (
    <Panel
      title="Quarantined devices"
      subtitle="Released data flows again at once; each release can be undone"
      actions={
        <>
          {chosen.length === 0 ? null : (
            <Button onClick={() => void release(chosen, 'released from the list')}>
              Release selected ({chosen.length})
            </Button>
          )}
          <Button
            disabled={entries.length === 0}
            icon={<LogIn aria-hidden="true" />}
            onClick={() =>
              void release(
                entries.map((entry) => entry.deviceId),
                'all released',
              )
            }
          >
            Release all
          </Button>
        </>
      }
      flush
    >
      <DataTable
        rows={entries}
        columns={columns}
        narrowColumns={narrowColumns}
        narrowRowHeight={72}
        rowKey={keyOf}
        picking={{ picked, onChange: setPicked, nameOf: (entry) => entry.deviceName }}
        caption="Devices in quarantine"
        height={Math.min(480, Math.max(232, 34 + entries.length * 44))}
        rowHeight={44}
        empty={<Nothing facts={facts} />}
      />
    </Panel>
  );
}

function Nothing({ facts }: { readonly facts: Facts<readonly QuarantineEntry[]> }) {
  if (facts.status === 'loading') return <EmptyState kind="loading" title="Reading the decisions" />;
  if (facts.status === 'failed') {
    return (
      <EmptyState
        kind="failed"
        title="The list could not be read"
        detail={facts.error}
        action={{ label: 'Try again', onClick: facts.reload }}
      />
    );
  }
  return (
    <EmptyState
      kind="empty"
      title="No device is quarantined"
      detail="A critical attack quarantines its device by itself. You can also do it by hand below."
      action={{ label: 'Show alerts', href: '#/alerts' }}
    />
  );
}

function columnsFor(onRelease: (id: DeviceId) => void): Column<QuarantineEntry>[] {
  return [
    {
      key: 'device',
      header: 'Device',
      width: 132,
      render: (entry) => <span className={layout.strong}>{entry.deviceName}</span>,
      sortValue: (entry) => entry.deviceName,
    },
    {
      key: 'reason',
      header: 'Reason',
      render: (entry) => <span title={entry.reason}>{entry.reason}</span>,
      sortValue: (entry) => entry.reason,
    },
    {
      key: 'since',
      header: 'Since',
      optional: 3,
      width: 176,
      render: (entry) => <Time t={entry.since} style="datetime" />,
      sortValue: (entry) => entry.since,
    },
    {
      key: 'refused',
      header: 'Refused',
      optional: 4,
      width: 124,
      align: 'right',
      render: (entry) => (
        <span title={`in ${formatCount(entry.refusedBatches)} batches`}>
          {formatCount(entry.refusedSamples)} samples
        </span>
      ),
      sortValue: (entry) => entry.refusedSamples,
    },
    {
      key: 'evidence',
      header: 'Evidence',
      width: 92,
      render: (entry) =>
        entry.evidence === undefined ? (
          <span className={layout.quiet}>none</span>
        ) : (
          <a href={`#/alerts?id=${encodeURIComponent(entry.evidence)}`} aria-label={`Alert on ${entry.deviceName}`}>
            Alert
          </a>
        ),
    },
    {
      key: 'origin',
      header: 'Origin',
      optional: 2,
      width: 96,
      render: (entry) => (
        <Badge tone={entry.origin === 'policy' ? 'quarantine' : 'quiet'}>{ORIGIN_WORDS[entry.origin]}</Badge>
      ),
      sortValue: (entry) => entry.origin,
    },
    {
      key: 'strikes',
      header: 'Strikes',
      optional: 1,
      width: 76,
      align: 'right',
      render: (entry) => formatCount(entry.strikes),
      sortValue: (entry) => entry.strikes,
    },
    {
      key: 'release',
      header: 'Action',
      width: 108,
      align: 'right',
      render: (entry) => (
        <Button aria-label={`Release ${entry.deviceName}`} onClick={() => onRelease(entry.deviceId)}>
          Release
        </Button>
      ),
    },
  ];
}
