import { useCallback } from 'react';
import type { Scoreboard } from '../../../domain/scoreboard';
import type { ChartColours } from '../../charts/colours';
import { Plot } from '../../charts/Plot';
import { EmptyState } from '../../components/EmptyState';
import { Panel } from '../../components/Panel';
import { describeCurve, MEMBER_LABELS } from './rows';

const HEIGHT = 260;

/** Precision over recall at every threshold, with the present one marked. */
export function CurvePanel({ board }: { readonly board: Scoreboard }) {
  const { curve, now, member, members } = board;
  const label = MEMBER_LABELS[member];
  const picture = useCallback(
    (colours: ChartColours) => {
      const axis = (title: string) => ({
        title: { text: title, standoff: 6, font: { size: 11 } },
        range: [-0.02, 1.02],
        tickformat: '.0%',
        gridcolor: colours.grid,
        zeroline: false,
        fixedrange: true,
        nticks: 6,
      });
      return {
        traces: [
          {
            type: 'scatter' as const,
            mode: 'lines',
            name: 'Precision',
            x: curve.recall,
            y: curve.precision,
            text: curve.threshold.map((threshold) => `threshold 10^-${threshold.toFixed(1)}`),
            line: { color: colours.accent, width: 1.75, shape: 'hv' },
            hovertemplate: '%{y:.1%} at recall %{x:.1%}, %{text}<extra></extra>',
          },
          {
            type: 'scatter' as const,
            mode: 'markers',
            name: 'Present threshold',
            x: [now.recall],
            y: [now.precision],
            marker: { color: colours.marks.critical, size: 11, symbol: 'diamond' },
            hovertemplate: 'Present threshold: precision %{y:.1%}, recall %{x:.1%}<extra></extra>',
          },
        ],
        layout: {
          margin: { l: 52, r: 12, t: 8, b: 40 },
          xaxis: axis('Recall'),
          yaxis: axis('Precision'),
          hovermode: 'closest',
        },
      };
    },
    [curve, now],
  );
  return (
    <Panel title="Precision and recall" subtitle={`${label}; the diamond is the present threshold`}>
      {curve.recall.length === 0 ? (
        <EmptyState kind="empty" title="No curve yet" detail="It needs samples of at least one fault." />
      ) : (
        <Plot
          label={`Precision over recall, ${label}`}
          summary={() => describeCurve(members[member], label)}
          picture={picture}
          height={HEIGHT}
          fps={1}
          interactive
        />
      )}
    </Panel>
  );
}
