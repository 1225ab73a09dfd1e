import { Ban, LogIn } from 'lucide-react';
import { useState } from 'react';
import type { MetricSpec } from '../../../domain/catalog';
import { Button } from '../../components/Button';
import { Panel } from '../../components/Panel';
import { formatNumber } from '../../format';
import { useApp } from '../../hooks';
import { DeviceTable } from './DeviceTable';
import type { DeviceRow } from './device-rows';

interface DevicesPanelProps {
  readonly rows: readonly DeviceRow[];
  readonly metrics: readonly MetricSpec[];
  readonly selected: DeviceRow | undefined;
  readonly onSelect: (row: DeviceRow) => void;
}

/** All devices; those that are ticked are quarantined or released at once, and brought back by one undo. */
export function DevicesPanel(props: DevicesPanelProps) {
  const { commands } = useApp();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const chosen = props.rows.filter(({ device }) => picked.has(device.id));
  const idsOf = (quarantined: boolean) =>
    chosen.filter(({ state }) => (state === 'quarantined') === quarantined).map(({ device }) => device.id);
  const [free, held] = [idsOf(false), idsOf(true)];
  const quarantine = async (): Promise<void> => {
    const done = await commands.quarantine(free, `quarantined by hand, ${describeCount(free.length)}`);
    if (done.ok) setPicked(new Set());
  };
  const release = async (): Promise<void> => {
    const done = await commands.release(held, `released by hand, ${describeCount(held.length)}`);
    if (done.ok) setPicked(new Set());
  };
  return (
    <Panel
      title="Devices"
      subtitle={
        chosen.length === 0
          ? 'Pick one to turn the map to it; tick several to quarantine or release them'
          : `${formatNumber(chosen.length)} ticked`
      }
      actions={
        chosen.length === 0 ? undefined : (
          <>
            {free.length === 0 ? null : (
              <Button variant="danger" icon={<Ban aria-hidden="true" />} onClick={() => void quarantine()}>
                Quarantine {formatNumber(free.length)}
              </Button>
            )}
            {held.length === 0 ? null : (
              <Button icon={<LogIn aria-hidden="true" />} onClick={() => void release()}>
                Release {formatNumber(held.length)}
              </Button>
            )}
            <Button variant="ghost" onClick={() => setPicked(new Set())}>
              Tick none
            </Button>
          </>
        )
      }
      flush
    >
      <DeviceTable {...props} picked={picked} onPick={setPicked} />
    </Panel>
  );
}

function describeCount(count: number): string {
  return count === 1 ? 'alone' : `${count} devices at once`;
}
