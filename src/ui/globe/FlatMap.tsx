import { useEffect, useRef, useState } from 'react';
import { useTheme } from '../hooks';
import { readMapColors } from './colors';
import styles from './map.module.css';
import { paintWorld } from './paint-world';
import { arcPath, FLAT_ASPECT, projectFlat } from './project-flat';
import { StateMark } from './StateMark';
import { spreadDevices } from './spread';
import type { MapDevice, MapProps } from './types';

/** Marks of one city stand on a circle of this radius in degrees on a map 1,000 pixels wide, more on a narrower one. */
const SPREAD_AT_1000 = 2;

/** The flat map: the world on a canvas, marks as SVG over it. Needs no WebGL. State is shape and colour. */
export default function FlatMap({ devices, arcs, selected, onSelect, moving, summary }: MapProps) {
  const holder = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const theme = useTheme();

  useEffect(() => {
    const element = holder.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    setWidth(element.clientWidth);
    return () => observer.disconnect();
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the tokens change with the theme
  useEffect(() => {
    const target = canvas.current;
    if (target === null || holder.current === null || width === 0) return;
    const density = Math.min(2, window.devicePixelRatio || 1);
    target.width = Math.round(width * density);
    target.height = Math.round(width * FLAT_ASPECT * density);
    paintWorld(target, readMapColors(holder.current), 'flat');
  }, [width, theme]);

  const height = width * FLAT_ASPECT;
  const size = width < 600 ? 5 : 7;
  const spread = spreadDevices(devices, SPREAD_AT_1000 * Math.max(0.8, 1000 / Math.max(width, 200)));
  return (
    <div ref={holder} className={styles.flat} data-moving={moving} role="img" aria-label={summary}>
      <canvas ref={canvas} className={styles.flatCanvas} />
      {width > 0 && (
        <svg className={styles.flatMarks} aria-hidden="true" viewBox={`0 0 ${width} ${height}`}>
          {arcs.map((arc) => (
            <path
              key={arc.id}
              className={styles.arc}
              d={arcPath(
                projectFlat(arc.fromLatitude, arc.fromLongitude, width),
                projectFlat(arc.toLatitude, arc.toLongitude, width),
              )}
            >
              <title>{arc.label}</title>
            </path>
          ))}
          {inDrawingOrder(spread, selected).map((device) => {
            const { x, y } = projectFlat(device.latitude, device.longitude, width);
            return (
              // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for pointers; the table beside has the same by keyboard
              <g
                key={device.index}
                className={styles.mark}
                transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
                onClick={() => onSelect(device.index)}
              >
                <title>{`${device.name} · ${device.place} · ${device.state}`}</title>
                <circle r={size + 5} fill="transparent" />
                {device.state === 'alert' && <circle className={styles.pulse} r={size} />}
                {device.index === selected && <circle className={styles.halo} r={size + 4} />}
                <StateMark state={device.state} size={size} />
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
}

/** What matters most is drawn last, so that nothing covers it. */
function inDrawingOrder(devices: readonly MapDevice[], selected: number | undefined): MapDevice[] {
  const weight = (device: MapDevice): number =>
    (device.index === selected ? 10 : 0) + { silent: 0, ok: 1, warning: 2, quarantined: 3, alert: 4 }[device.state];
  return [...devices].sort((a, b) => weight(a) - weight(b));
}
