import { useCallback } from 'react';
import { Canvas } from '../charts/Canvas';
import type { ChartColours } from '../charts/colours';
import { Panel } from '../components/Panel';
import { useApp, useAppState, useRoute } from '../hooks';
import { describePulse, drawPulse } from './pulse';
import { readRange } from './ranges';

const MAX_POINTS = 1200;

/** The highest anomaly score over the devices, over time; coloured where samples were flagged. */
export function PulsePanel() {
  const { rings } = useApp();
  const zone = useAppState((state) => state.preferences.timeZone);
  const isFile = useAppState((state) => state.run?.info.kind === 'file');
  const { params } = useRoute();
  const { spanMs } = readRange(params.range, isFile);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number, colours: ChartColours) =>
      drawPulse(context, { width, height }, rings.series(spanMs, MAX_POINTS), zone, colours),
    [rings, spanMs, zone],
  );
  return (
    <Panel title="Anomaly pulse" subtitle="Highest score over the devices, 0 to 100; coloured where flagged">
      <Canvas
        label="Anomaly pulse over time"
        summary={() => describePulse(rings.series(spanMs, MAX_POINTS), zone)}
        draw={draw}
        height={190}
        fps={2}
      />
    </Panel>
  );
}
