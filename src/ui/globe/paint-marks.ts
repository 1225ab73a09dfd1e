import { DEVICE_STATES } from '../../domain/frame';
import type { FlatMark } from './flat-marks';
import { isHollow, markPath } from './mark-shape';
import type { MapColors } from './types';

/** Widths of the outlines in CSS pixels, as the legend's marks have them in map.module.css. */
const EDGE = 1.25;
const HOLLOW_EDGE = 1.75;

/** Paints the marks onto a cleared canvas in their order. `size`: radius of a usual mark in CSS pixels; `density`: canvas pixels for each of these. */
export function paintMarks(
  canvas: HTMLCanvasElement,
  marks: readonly FlatMark[],
  { size, colors, density }: { readonly size: number; readonly colors: MapColors; readonly density: number },
): void {
  // Kept by the processor: some hundred small shapes are nothing to it, and a graphics card made of software takes a second.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  const shapes = new Map(DEVICE_STATES.map((state) => [state, new Path2D(markPath(state, size))]));
  for (const { state, x, y } of marks) {
    const shape = shapes.get(state);
    if (shape === undefined) continue;
    const hollow = isHollow(state);
    context.setTransform(density, 0, 0, density, x * density, y * density);
    context.fillStyle = hollow ? colors.surface : colors.states[state];
    context.strokeStyle = hollow ? colors.states[state] : colors.surface;
    context.lineWidth = hollow ? HOLLOW_EDGE : EDGE;
    context.fill(shape);
    context.stroke(shape);
  }
}
