import { Ban, LogIn, X } from 'lucide-react';
import type { MetricSpec } from '../../../domain/catalog';
import { Button, IconButton, LinkButton } from '../../components/Button';
import { ScoreBar, StateBadge } from '../../components/badges';
import { Panel } from '../../components/Panel';
import { formatCoordinates, formatValue } from '../../format';
import { useApp } from '../../hooks';
import layout from '../layout.module.css';
import { DeviceVotes } from './DeviceVotes';
import { type DeviceRow, placeOf } from './device-rows';

interface DeviceDetailProps {
  readonly row: DeviceRow;
  readonly metrics: readonly MetricSpec[];
  readonly onClose: () => void;
}

/** The picked device: where it stands, how it is, and what can be done with it. */
export function DeviceDetail({ row, metrics, onClose }: DeviceDetailProps) {
  const { commands } = useApp();
  const { device, state, score, values } = row;
  const id = encodeURIComponent(device.id);
  return (
    <Panel
      title={device.name}
      subtitle={[device.role, placeOf(device), formatCoordinates(device.latitude, device.longitude)]
        .filter((part) => part !== '')
        .join(' · ')}
      actions={<IconButton label="Close the device" icon={<X aria-hidden="true" />} onClick={onClose} />}
    >
      <div className={layout.stack}>
        <dl className={layout.facts}>
          <dt>State</dt>
          <dd>
            <StateBadge state={state} />
          </dd>
          <dt>Anomaly score</dt>
          <dd>
            <ScoreBar score={score} />
          </dd>
          {metrics.slice(0, 4).map((metric, i) => (
            <div key={metric.key} style={{ display: 'contents' }}>
              <dt>{metric.label}</dt>
              <dd>{formatValue(values[i], metric.unit)}</dd>
            </div>
          ))}
        </dl>
        <DeviceVotes device={row.index} />
        <div className={layout.buttons}>
          <LinkButton href={`#/overview?device=${id}`}>Charts</LinkButton>
          <LinkButton href={`#/alerts?device=${id}`}>Alerts</LinkButton>
          <LinkButton href={`#/logs?device=${id}`}>Log</LinkButton>
          {state === 'quarantined' ? (
            <Button
              icon={<LogIn aria-hidden="true" />}
              onClick={() => void commands.release([device.id], 'released on the map')}
            >
              Release
            </Button>
          ) : (
            <Button
              variant="danger"
              icon={<Ban aria-hidden="true" />}
              onClick={() => void commands.quarantine([device.id], 'quarantined on the map')}
            >
              Quarantine
            </Button>
          )}
        </div>
      </div>
    </Panel>
  );
}
