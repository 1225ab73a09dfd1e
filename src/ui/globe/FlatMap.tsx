import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTheme } from '../hooks';
import { readMapColors } from './colors';
import { type FlatMark, markAt, markSize, placeMarks, sameMarks } from './flat-marks';
import styles from './map.module.css';
import { paintMarks } from './paint-marks';
import { paintWorld } from './paint-world';
import { arcPath, FLAT_ASPECT, projectFlat } from './project-flat';
import type { MapProps } from './types';

/** A pointer picks a mark from so far beyond its edge, in pixels. */
const REACH = 5;
/** More rings than this at once are no longer seen one by one, and each is a layer of its own. */
const MAX_PULSES = 40;

/**
 * The flat map: the world on a canvas; over it what moves; over that the marks on a canvas of their own, which is painted again only when one of
 * them has changed. Needs no WebGL. State is shape and colour.
 */
export default function FlatMap({ devices, arcs, selected, onSelect, moving, summary }: MapProps) {
  const holder = useRef<HTMLDivElement>(null);
  const world = useRef<HTMLCanvasElement>(null);
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
    if (world.current === null || holder.current === null || width === 0) return;
    sizeCanvas(world.current, width);
    paintWorld(world.current, readMapColors(holder.current), 'flat');
  }, [width, theme]);

  const marks = placeMarks(devices, selected, width);
  const size = markSize(width, devices.length);
  const point = (event: PointerEvent | React.MouseEvent): FlatMark | undefined => {
    const box = event.currentTarget.getBoundingClientRect();
    return markAt(marks, event.clientX - box.left, event.clientY - box.top, size + REACH);
  };
  const alarmed = marks.filter(({ state }) => state === 'alert').slice(0, MAX_PULSES);
  const chosen = marks.find(({ index }) => index === selected);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a shortcut for pointers; the table beside has the same by keyboard
    <div
      ref={holder}
      className={styles.flat}
      data-moving={moving}
      role="img"
      aria-label={summary}
      onClick={(event) => {
        const mark = point(event);
        if (mark !== undefined) onSelect(mark.index);
      }}
      onPointerMove={(event) => {
        const mark = point(event);
        event.currentTarget.title = mark?.label ?? '';
        event.currentTarget.style.cursor = mark === undefined ? '' : 'pointer';
      }}
    >
      <canvas ref={world} className={styles.flatCanvas} />
      {width > 0 && (
        <svg className={styles.flatMoving} aria-hidden="true" viewBox={`0 0 ${width} ${width * FLAT_ASPECT}`}>
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
          {chosen !== undefined && <circle className={styles.halo} cx={chosen.x} cy={chosen.y} r={size + 4} />}
        </svg>
      )}
      {alarmed.map(({ index, x, y }) => (
        <span
          key={index}
          className={styles.pulse}
          style={{ left: x - size, top: y - size, width: 2 * size, height: 2 * size }}
        />
      ))}
      <Marks marks={marks} size={size} width={width} />
    </div>
  );
}

interface MarksProps {
  readonly marks: readonly FlatMark[];
  readonly size: number;
  readonly width: number;
}

function Marks({ marks, size, width }: MarksProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const painted = useRef<{ readonly marks: readonly FlatMark[]; readonly theme: string }>(undefined);
  const theme = useTheme();
  useEffect(() => {
    const target = canvas.current;
    if (target === null || width === 0) return;
    if (painted.current?.theme === theme && sameMarks(painted.current.marks, marks)) return;
    painted.current = { marks, theme };
    paintMarks(target, marks, { size, colors: readMapColors(target), density: sizeCanvas(target, width) });
  }, [marks, size, width, theme]);
  return <canvas ref={canvas} className={styles.flatMarks} />;
}

/** Sizes a canvas for the map's width in CSS pixels. Gives its pixels for each of these. */
function sizeCanvas(canvas: HTMLCanvasElement, width: number): number {
  const density = Math.min(2, window.devicePixelRatio || 1);
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(width * FLAT_ASPECT * density);
  return density;
}
