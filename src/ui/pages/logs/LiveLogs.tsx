import { Pause, Play } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { LiveLogLine } from '../../../domain/frame';
import { Button } from '../../components/Button';
import { EmptyState } from '../../components/EmptyState';
import { formatCount } from '../../format';
import { useApp, useAppState, useLive } from '../../hooks';
import layout from '../layout.module.css';
import { LogTable, type ShownLine } from './LogTable';
import { type LogFilter, passesLogFilter } from './log-filter';

const KEPT = 2000;

interface LiveLogsProps {
  readonly filter: LogFilter;
  readonly onReset: () => void;
  readonly onStored: () => void;
}

/** The newest lines as they come, newest first. Pausing holds what is shown; lines go on being scored and stored. */
export function LiveLogs({ filter, onReset, onStored }: LiveLogsProps) {
  const { rings } = useApp();
  const devices = useAppState((state) => state.run?.catalog.devices);
  const isFile = useAppState((state) => state.run?.info.kind === 'file');
  const [held, setHeld] = useState<readonly LiveLogLine[] | undefined>(undefined);
  const live = useLive(2);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `live` says that there may be new lines
  const lines = useMemo(() => held ?? rings.logs(KEPT), [held, rings, live]);
  const shown = useMemo(() => {
    const all = lines.map(
      (line): ShownLine => ({
        key: String(line.seq),
        t: line.t,
        deviceId: devices?.[line.device]?.id ?? '',
        deviceName: devices?.[line.device]?.name ?? `#${line.device}`,
        level: line.level,
        message: line.message,
        template: line.template,
        score: line.score,
      }),
    );
    return all.filter((line) => passesLogFilter(line, filter));
  }, [lines, devices, filter]);

  return (
    <>
      <div className={layout.toolbar}>
        <span className={layout.count}>
          {held === undefined ? 'Following' : 'Held'}: {formatCount(shown.length)} of the last{' '}
          {formatCount(lines.length)} lines
        </span>
        <span className={layout.spring} />
        <Button
          icon={held === undefined ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
          onClick={() => setHeld(held === undefined ? rings.logs(KEPT) : undefined)}
        >
          {held === undefined ? 'Hold' : 'Follow'}
        </Button>
      </div>
      <LogTable
        lines={shown}
        caption="Live log lines, newest first"
        empty={
          lines.length === 0 ? (
            <EmptyState
              kind="empty"
              title="No line yet"
              detail={
                isFile
                  ? 'Nothing arrives from a file that was scored to its end. Its lines, where it has any, are stored.'
                  : 'Lines appear here as the devices write them.'
              }
              action={{ label: 'Show stored lines', onClick: onStored }}
            />
          ) : (
            <EmptyState
              kind="no-match"
              title="No live line matches"
              detail={`None of the last ${formatCount(lines.length)} lines passes the filter.`}
              action={
                filter.text === ''
                  ? { label: 'Clear the filter', onClick: onReset }
                  : { label: 'Search stored lines', onClick: onStored }
              }
            />
          )
        }
      />
    </>
  );
}
