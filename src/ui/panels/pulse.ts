import type { SeriesWindow } from '../../app/types';
import { SEVERITIES, SEVERITY_BANDS, severityOf } from '../../domain/scores';
import type { ChartColours } from '../charts/colours';
import { formatNumber, formatTime, type TimeZone } from '../format';

/** One bar of the pulse: the highest score and the flagged samples of its share of the time. */
export interface PulseBar {
  readonly score: number;
  readonly flagged: number;
}

/**
 * The series as `count` bars of equal time, oldest first. A bar without points, or with unscored ones only, has score NaN: a gap.
 * Degenerate: no points give no bars.
 */
export function binPulse(
  series: Pick<SeriesWindow, 'n' | 't' | 'score' | 'flagged'>,
  count: number,
): readonly PulseBar[] {
  if (series.n === 0 || count < 1) return [];
  const score = new Array<number>(count).fill(Number.NaN);
  const flagged = new Array<number>(count).fill(0);
  const from = series.t[0];
  const span = Math.max(1, series.t[series.n - 1] - from);
  for (let i = 0; i < series.n; i++) {
    const bar = Math.min(count - 1, Math.floor(((series.t[i] - from) / span) * count));
    if (!(series.score[i] <= score[bar]) && !Number.isNaN(series.score[i])) score[bar] = series.score[i];
    flagged[bar] += series.flagged[i];
  }
  return score.map((value, bar) => ({ score: value, flagged: flagged[bar] }));
}

export const PULSE_LEFT = 30;
const BOTTOM = 18;
const TOP = 8;
const BAR_PX = 5;
const DAY_MS = 86_400_000;

/** How many bars fit. */
export function pulseBars(width: number): number {
  return Math.max(1, Math.floor((width - PULSE_LEFT) / BAR_PX));
}

/** Draws bars (highest score 0..100; coloured where something was flagged) over lines at the severity bands. */
export function drawPulse(
  context: CanvasRenderingContext2D,
  size: { readonly width: number; readonly height: number },
  series: SeriesWindow,
  zone: TimeZone,
  colours: ChartColours,
): void {
  const { width, height } = size;
  const tall = height - TOP - BOTTOM;
  const yOf = (score: number): number => TOP + tall * (1 - score / 100);
  context.font = '10px system-ui, sans-serif';
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const score of [0, ...SEVERITIES.map((severity) => SEVERITY_BANDS[severity])]) {
    const y = Math.round(yOf(score)) + 0.5;
    context.strokeStyle = colours.grid;
    context.beginPath();
    context.moveTo(PULSE_LEFT, y);
    context.lineTo(width, y);
    context.stroke();
    context.fillStyle = colours.textQuiet;
    context.fillText(String(score), PULSE_LEFT - 6, y);
  }
  const bars = binPulse(series, pulseBars(width));
  const step = (width - PULSE_LEFT) / Math.max(1, bars.length);
  bars.forEach((bar, i) => {
    if (Number.isNaN(bar.score)) return;
    const severity = bar.flagged > 0 ? (severityOf(bar.score) ?? 'warning') : undefined;
    context.fillStyle = severity === undefined ? colours.textQuiet : colours.marks[severity];
    context.globalAlpha = severity === undefined ? 0.4 : 1;
    const y = Math.min(yOf(bar.score), TOP + tall - 1);
    context.fillRect(PULSE_LEFT + i * step, y, Math.max(1, step - 1.5), TOP + tall - y);
  });
  context.globalAlpha = 1;
  if (series.n === 0) return;
  context.fillStyle = colours.textQuiet;
  context.textAlign = 'left';
  const style = series.t[series.n - 1] - series.t[0] > DAY_MS ? 'datetime' : 'time';
  context.fillText(formatTime(series.t[0], zone, style), PULSE_LEFT, height - 7);
  context.textAlign = 'right';
  context.fillText(formatTime(series.t[series.n - 1], zone, style), width, height - 7);
}

/** The pulse in words. */
export function describePulse(series: SeriesWindow, zone: TimeZone): string {
  let peak = Number.NaN;
  let at = Number.NaN;
  let flagged = 0;
  for (let i = 0; i < series.n; i++) {
    flagged += series.flagged[i];
    if (Number.isNaN(series.score[i]) || series.score[i] <= peak) continue;
    peak = series.score[i];
    at = series.t[i];
  }
  if (Number.isNaN(peak)) return 'Anomaly pulse: no scores yet.';
  return `Anomaly pulse: ${formatNumber(flagged)} flagged samples; highest score ${formatNumber(peak)} of 100 at ${formatTime(at, zone)}.`;
}
