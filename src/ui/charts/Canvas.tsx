import { useEffect, useId, useRef, useState } from 'react';
import { useLiveCallback, useTheme } from '../hooks';
import styles from './chart.module.css';
import { type ChartColours, readColours } from './colours';
import { drawQueue } from './schedule';

export interface CanvasProps {
  readonly label: string;
  readonly summary: () => string;
  /** Draws onto a cleared canvas of width x height CSS pixels. */
  readonly draw: (context: CanvasRenderingContext2D, width: number, height: number, colours: ChartColours) => void;
  readonly height: number;
  readonly fps: number;
}

const SUMMARY_GAP_MS = 5000;

/** A chart on an own canvas, for what must be drawn often or at once: no library, sharp at any pixel ratio, follows the theme. */
export function Canvas({ label, summary, draw, height, fps }: CanvasProps) {
  const element = useRef<HTMLCanvasElement>(null);
  const [words, setWords] = useState('');
  const toldAt = useRef(Number.NEGATIVE_INFINITY);
  const latest = useRef({ draw, summary });
  latest.current = { draw, summary };
  const theme = useTheme();
  const id = useId();

  const paint = useRef(() => {
    const canvas = element.current;
    const context = canvas?.getContext('2d');
    if (canvas === null || context === null || context === undefined) return;
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    const [width, tall] = [canvas.clientWidth, canvas.clientHeight];
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(tall * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(tall * ratio);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, tall);
    latest.current.draw(context, width, tall, readColours());
    if (performance.now() - toldAt.current > SUMMARY_GAP_MS) {
      toldAt.current = performance.now();
      setWords(latest.current.summary());
    }
  });

  useEffect(() => {
    const canvas = element.current;
    if (canvas === null) return;
    const again = paint.current;
    const size = new ResizeObserver(() => drawQueue.request(again));
    size.observe(canvas);
    return () => {
      size.disconnect();
      drawQueue.cancel(again);
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn again when the theme or the caller's drawing changes
  useEffect(() => drawQueue.request(paint.current), [theme, draw]);
  useLiveCallback(fps, () => drawQueue.request(paint.current));

  return (
    <figure className={styles.frame} style={{ height }} aria-label={label} aria-describedby={id}>
      <canvas ref={element} className={styles.canvas} />
      <figcaption id={id} className="visually-hidden">
        {words === '' ? `${label}: no data yet.` : words}
      </figcaption>
    </figure>
  );
}
