import type { ComponentType } from 'react';
import { BreachPanel } from './BreachPanel';
import { CountermeasuresPanel } from './CountermeasuresPanel';
import { DetectionsPanel } from './DetectionsPanel';
import { LatestAnomaliesPanel } from './LatestAnomaliesPanel';
import { LatestRecordsPanel } from './LatestRecordsPanel';
import { PulsePanel } from './PulsePanel';
import { StabilityPanel } from './StabilityPanel';
import { FirstMetricsPanel, SecondMetricsPanel } from './TimeChartPanel';

export interface PanelEntry {
  readonly id: string;
  /** For its error boundary's message. */
  readonly name: string;
  /** Columns of twelve that it takes on a wide window. */
  readonly columns: 3 | 4 | 6 | 8 | 9 | 12;
  /** Has a row of its own on a tablet, where panels of up to 6 columns otherwise stand two in a row. */
  readonly ownRowOnTablet?: true;
  readonly component: ComponentType;
}

/** The Overview's panels in reading order. A new one is a component and a line here. */
export const OVERVIEW_PANELS: readonly PanelEntry[] = [
  { id: 'first-metrics', name: 'The first chart', columns: 6, component: FirstMetricsPanel },
  { id: 'second-metrics', name: 'The second chart', columns: 6, component: SecondMetricsPanel },
  { id: 'pulse', name: 'The anomaly pulse', columns: 6, ownRowOnTablet: true, component: PulsePanel },
  { id: 'detections', name: 'The detections', columns: 3, component: DetectionsPanel },
  { id: 'stability', name: 'The stability gauge', columns: 3, component: StabilityPanel },
  { id: 'anomalies', name: 'The latest anomalies', columns: 8, component: LatestAnomaliesPanel },
  { id: 'countermeasures', name: 'The countermeasures', columns: 4, component: CountermeasuresPanel },
  { id: 'records', name: 'The latest records', columns: 9, component: LatestRecordsPanel },
  { id: 'breach', name: 'The time to breach', columns: 3, component: BreachPanel },
];
