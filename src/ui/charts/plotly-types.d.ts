/** The part of plotly.js that the charts use. Narrow on purpose: its own declarations describe every trace there is. */
declare module 'plotly.js/lib/core' {
  export interface PlotTrace {
    readonly type: 'scatter' | 'bar' | 'pie' | 'indicator' | 'heatmap';
    readonly [attribute: string]: unknown;
  }
  export interface PlotLayout {
    readonly [attribute: string]: unknown;
  }
  export interface PlotConfig {
    readonly [attribute: string]: unknown;
  }
  const Plotly: {
    register(modules: readonly unknown[]): void;
    react(element: HTMLElement, traces: readonly PlotTrace[], layout: PlotLayout, config: PlotConfig): Promise<unknown>;
    purge(element: HTMLElement): void;
    toImage(
      element: HTMLElement,
      options: {
        readonly format: 'png' | 'svg';
        readonly width: number;
        readonly height: number;
        readonly scale?: number;
      },
    ): Promise<string>;
    readonly Plots: { resize(element: HTMLElement): Promise<unknown> };
  };
  export default Plotly;
}
declare module 'plotly.js/lib/bar' {
  const trace: unknown;
  export default trace;
}
declare module 'plotly.js/lib/pie' {
  const trace: unknown;
  export default trace;
}
declare module 'plotly.js/lib/indicator' {
  const trace: unknown;
  export default trace;
}
declare module 'plotly.js/lib/heatmap' {
  const trace: unknown;
  export default trace;
}
