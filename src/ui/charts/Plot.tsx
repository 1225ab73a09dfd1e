import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { EmptyState } from '../components/EmptyState';
import { useApp, useLiveCallback, useTheme } from '../hooks';
import styles from './chart.module.css';
import { type ChartColours, readColours } from './colours';
import { loadPlotly, type PlotLayout, type PlotlyApi, type PlotTrace } from './load';
import { drawQueue } from './schedule';

export interface PlotPicture {
  readonly traces: readonly PlotTrace[];
  readonly layout: PlotLayout;
}

export interface PlotProps {
  /** What the chart is, e.g. "CPU and memory over time". */
  readonly label: string;
  /** The chart in a sentence for those who cannot see it; asked for at most every few seconds. */
  readonly summary: () => string;
  /** Draws from the present data, `width` in pixels; undefined = nothing to draw yet. */
  readonly picture: (colours: ChartColours, width: number) => PlotPicture | undefined;
  readonly height: number;
  /** Redraws a second while frames arrive; at most 4. */
  readonly fps: number;
  /** Hover and zoom: off while live, since each redraw would disturb them. */
  readonly interactive?: boolean;
}

const SUMMARY_GAP_MS = 5000;
/** Compiling the chart library would hold up the first scores; longer than this the first picture does not wait for them. */
const LONGEST_WAIT_MS = 3000;
/** A chart takes at most this share of the page's time: on a slow or busy machine it is drawn less often. */
const LARGEST_SHARE = 0.05;

const BASE_LAYOUT = {
  autosize: true,
  paper_bgcolor: 'rgba(0,0,0,0)',
  plot_bgcolor: 'rgba(0,0,0,0)',
  showlegend: false,
  separators: '.\u202f',
} as const;

const FONT = 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/**
 * A Plotly chart that owns its element. It is drawn outside of React, only while it is in sight, one chart a frame, and follows the theme.
 * Its height is reserved from the start.
 */
export function Plot({ label, summary, picture, height, fps, interactive = false }: PlotProps) {
  const element = useRef<HTMLDivElement>(null);
  const plotly = useRef<PlotlyApi | undefined>(undefined);
  const visible = useRef(false);
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>('loading');
  const [attempt, setAttempt] = useState(0);
  const [words, setWords] = useState('');
  const toldAt = useRef(Number.NEGATIVE_INFINITY);
  const restUntil = useRef(0);
  const theme = useTheme();
  const { warmedUp } = useApp();
  const summaryId = useId();

  const draw = useRef(() => undefined as undefined);
  const latest = useRef({ picture, summary, interactive });
  latest.current = { picture, summary, interactive };

  useEffect(() => {
    draw.current = () => {
      const target = element.current;
      const api = plotly.current;
      if (target === null || api === undefined || !visible.current || target.clientWidth === 0) return;
      const colours = readColours();
      const drawn = latest.current.picture(colours, target.clientWidth);
      if (drawn === undefined) return;
      const { interactive: live } = latest.current;
      const begun = performance.now();
      void api.react(
        target,
        drawn.traces,
        {
          ...BASE_LAYOUT,
          font: { family: FONT, size: 11, color: colours.textQuiet },
          hovermode: live ? 'x unified' : false,
          dragmode: live ? 'zoom' : false,
          hoverlabel: { bgcolor: colours.surface, bordercolor: colours.grid, font: { color: colours.text, size: 12 } },
          width: target.clientWidth,
          height: target.clientHeight,
          ...drawn.layout,
        },
        { displayModeBar: false, responsive: false, showTips: false, doubleClick: 'reset', scrollZoom: false },
      );
      restUntil.current = begun + (performance.now() - begun) / LARGEST_SHARE;
      setState('ready');
      if (performance.now() - toldAt.current > SUMMARY_GAP_MS) {
        toldAt.current = performance.now();
        setWords(latest.current.summary());
      }
    };
  }, []);
  const request = useRef(() => draw.current());

  useEffect(() => {
    const target = element.current;
    if (target === null) return;
    const again = request.current;
    const sight = new IntersectionObserver((entries) => {
      visible.current = entries.some((entry) => entry.isIntersecting);
      if (visible.current) drawQueue.request(again);
    });
    const size = new ResizeObserver(() => drawQueue.request(again));
    sight.observe(target);
    size.observe(target);
    return () => {
      sight.disconnect();
      size.disconnect();
      drawQueue.cancel(again);
      plotly.current?.purge(target);
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a retry is a new attempt
  useEffect(() => {
    let current = true;
    Promise.race([warmedUp, pause(LONGEST_WAIT_MS)])
      .then(loadPlotly)
      .then(
        (api) => {
          if (!current) return;
          plotly.current = api;
          drawQueue.request(request.current);
        },
        (cause: unknown) => {
          console.warn('the chart library could not be loaded', cause);
          if (current) setState('failed');
        },
      );
    return () => {
      current = false;
    };
  }, [attempt, warmedUp]);

  // Theme, and whatever the caller's picture closes over.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the picture is read when it is drawn
  useLayoutEffect(() => drawQueue.request(request.current), [theme, picture, interactive]);
  useLiveCallback(Math.min(4, fps), () => {
    if (performance.now() >= restUntil.current) drawQueue.request(request.current);
  });

  return (
    <figure className={styles.frame} style={{ height }} aria-label={label} aria-describedby={summaryId}>
      <div ref={element} className={styles.plot} aria-hidden="true" />
      {state === 'loading' ? (
        <div className={styles.wait}>
          <EmptyState kind="loading" title="Loading the chart" />
        </div>
      ) : null}
      {state === 'failed' ? (
        <div className={styles.wait}>
          <EmptyState
            kind="failed"
            title="The chart could not be loaded"
            action={{
              label: 'Try again',
              onClick: () => {
                setState('loading');
                setAttempt((n) => n + 1);
              },
            }}
          />
        </div>
      ) : null}
      <figcaption id={summaryId} className="visually-hidden">
        {words === '' ? `${label}: no data yet.` : words}
      </figcaption>
    </figure>
  );
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
