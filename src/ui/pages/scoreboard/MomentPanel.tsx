import { X } from 'lucide-react';
import { useCallback } from 'react';
import type { Device } from '../../../domain/catalog';
import { type ChartColours, fade } from '../../charts/colours';
import { toAxisTime } from '../../charts/gaps';
import { Plot } from '../../charts/Plot';
import { Button, LinkButton } from '../../components/Button';
import { EmptyState } from '../../components/EmptyState';
import { Panel } from '../../components/Panel';
import { Time } from '../../components/Time';
import { useAppState, useFacts } from '../../hooks';
import layout from '../layout.module.css';

const HEIGHT = 220;
const BEFORE_MS = 120_000;
const AFTER_MS = 120_000;

interface MomentPanelProps {
  readonly device: Device;
  readonly at: number;
  /** What is shaded: the fault, or the alert. */
  readonly from: number;
  readonly to: number;
  readonly onClose: () => void;
}

/** The stored scores of a device around one moment, with the fault or the alert shaded. */
export function MomentPanel({ device, at, from, to, onClose }: MomentPanelProps) {
  const zone = useAppState((state) => state.preferences.timeZone);
  const facts = useFacts(
    [],
    (app) =>
      app.engine.deviceSamples(device.id, Math.min(from, at) - BEFORE_MS, Math.max(at, Math.min(to, at)) + AFTER_MS),
    [device.id, at, from, to],
  );
  const { data } = facts;
  const picture = useCallback(
    (colours: ChartColours) => {
      if (data === undefined || data.t.length === 0) return undefined;
      const [shadeFrom, shadeTo, moment] = toAxisTime(Float64Array.of(from, to, at), zone);
      return {
        traces: [
          {
            type: 'scatter' as const,
            mode: 'lines',
            name: 'Anomaly score',
            x: toAxisTime(data.t, zone),
            y: data.score,
            line: { color: colours.accent, width: 1.75 },
            hovertemplate: '%{y:.0f}',
          },
        ],
        layout: {
          margin: { l: 48, r: 12, t: 8, b: 32 },
          xaxis: { type: 'date', gridcolor: colours.grid, zeroline: false, fixedrange: true, nticks: 6 },
          yaxis: {
            title: { text: 'Anomaly score', standoff: 6, font: { size: 11 } },
            range: [0, 102],
            gridcolor: colours.grid,
            zeroline: false,
            fixedrange: true,
            nticks: 5,
          },
          shapes: [
            {
              type: 'rect',
              yref: 'paper',
              x0: shadeFrom,
              x1: shadeTo,
              y0: 0,
              y1: 1,
              line: { width: 0 },
              fillcolor: fade(colours.marks.minor, 0.18),
            },
            {
              type: 'line',
              yref: 'paper',
              x0: moment,
              x1: moment,
              y0: 0,
              y1: 1,
              line: { color: colours.marks.critical, width: 1.5, dash: 'dot' },
            },
          ],
        },
      };
    },
    [data, zone, from, to, at],
  );
  return (
    <Panel
      title={`${device.name} at this moment`}
      subtitle={
        <>
          <Time t={at} style="datetime" />; shaded: <Time t={from} /> to <Time t={to} />
        </>
      }
      actions={
        <>
          <LinkButton href={`#/alerts?device=${encodeURIComponent(device.id)}&run=this`}>Its alerts</LinkButton>
          <Button icon={<X aria-hidden="true" />} onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <div className={layout.stack}>
        {facts.status === 'failed' ? (
          <EmptyState
            kind="failed"
            title="The samples could not be read"
            detail={facts.error}
            action={{ label: 'Try again', onClick: facts.reload }}
          />
        ) : data === undefined ? (
          <EmptyState kind="loading" title="Reading the samples" />
        ) : data.t.length === 0 ? (
          <EmptyState
            kind="empty"
            title="Nothing is stored of it any more"
            detail="The oldest telemetry is deleted first."
          />
        ) : (
          <Plot
            label={`Anomaly score of ${device.name} around the moment`}
            summary={() =>
              `${data.t.length} samples, highest score ${Math.round(data.score.reduce((a, b) => (b > a ? b : a), 0))}.`
            }
            picture={picture}
            height={HEIGHT}
            fps={0.2}
            interactive
          />
        )}
      </div>
    </Panel>
  );
}
