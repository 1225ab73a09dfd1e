import { useCallback } from 'react';
import { type ChartColours, fade } from '../charts/colours';
import { Plot } from '../charts/Plot';
import { Panel } from '../components/Panel';
import { formatNumber } from '../format';
import { useApp, useLive } from '../hooks';
import styles from './panels.module.css';

/** Bounds of the gauge's words: below the first it is unstable, below the second strained. */
const STRAINED_BELOW = 90;
const UNSTABLE_BELOW = 70;

function describeStability(stability: number): string {
  if (!Number.isFinite(stability)) return 'Not known while warming up';
  if (stability < UNSTABLE_BELOW) return 'Unstable';
  return stability < STRAINED_BELOW ? 'Strained' : 'Stable';
}

/** The share of healthy devices, 0 to 100, as a gauge. */
export function StabilityPanel() {
  const { store } = useApp();
  useLive(1);
  const stability = store.getState().frame?.stability ?? Number.NaN;
  const shown = Math.round(stability);
  const picture = useCallback(
    (colours: ChartColours) => {
      const bar =
        shown < UNSTABLE_BELOW ? colours.marks.critical : shown < STRAINED_BELOW ? colours.marks.minor : colours.ok;
      const known = Number.isFinite(shown);
      return {
        traces: [
          {
            type: 'indicator' as const,
            mode: known ? 'gauge+number' : 'gauge',
            value: known ? shown : 0,
            number: { font: { size: 30, color: colours.text }, suffix: ' %' },
            gauge: {
              axis: { range: [0, 100], tickvals: [0, UNSTABLE_BELOW, STRAINED_BELOW, 100], tickfont: { size: 10 } },
              bar: { color: bar, thickness: 0.72 },
              bgcolor: colours.track,
              borderwidth: 0,
              steps: [
                { range: [0, UNSTABLE_BELOW], color: fade(colours.marks.critical, 0.16) },
                { range: [UNSTABLE_BELOW, STRAINED_BELOW], color: fade(colours.marks.minor, 0.16) },
              ],
            },
          },
        ],
        layout: { margin: { l: 28, r: 34, t: 18, b: 4 } },
      };
    },
    [shown],
  );
  return (
    <Panel title="Stability" subtitle="Share of healthy devices">
      <Plot
        label="Stability"
        summary={() => `Stability ${formatNumber(stability)} of 100: ${describeStability(stability)}.`}
        picture={picture}
        height={158}
        fps={0.2}
      />
      <p className={styles.gaugeWord}>{describeStability(stability)}</p>
    </Panel>
  );
}
