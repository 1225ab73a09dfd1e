import type Plotly from 'plotly.js/lib/core';

export type { PlotLayout, PlotTrace } from 'plotly.js/lib/core';
export type PlotlyApi = typeof Plotly;

let loading: Promise<PlotlyApi> | undefined;

/** Loads the chart library once, after the first paint; a failed load is tried again at the next call. */
export function loadPlotly(): Promise<PlotlyApi> {
  loading ??= import('./plotly').then(
    (module) => module.default,
    (cause: unknown) => {
      loading = undefined;
      throw cause;
    },
  );
  return loading;
}
