import {
  Bell,
  Boxes,
  Clapperboard,
  Database,
  Globe,
  LayoutDashboard,
  type LucideIcon,
  ScrollText,
  ShieldBan,
  Target,
} from 'lucide-react';
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { Page } from '../../app/types';

export interface PageEntry {
  readonly id: Page;
  readonly label: string;
  /** What the page is for, in a sentence or two below its heading. */
  readonly about: string;
  readonly icon: LucideIcon;
  /** Key after `g`, and the page's number key. */
  readonly key: string;
  readonly component: LazyExoticComponent<ComponentType>;
}

/** The pages in the order of the rail. The shell draws a page's heading (h1) and its error boundary; a page begins with its panels. */
export const PAGE_REGISTRY: readonly PageEntry[] = [
  {
    id: 'overview',
    label: 'Overview',
    about:
      'How it stands: an Isolation Forest scores the metrics and an autoencoder the log lines, as they arrive, in this browser only.',
    icon: LayoutDashboard,
    key: 'o',
    component: lazy(async () => ({ default: (await import('./overview/OverviewPage')).OverviewPage })),
  },
  {
    id: 'map',
    label: 'Threat Map',
    about:
      'Where the devices stand and how they fare. Rings mark ongoing alerts, arcs the injected faults and where they come from.',
    icon: Globe,
    key: 'm',
    component: lazy(async () => ({ default: (await import('./map/MapPage')).MapPage })),
  },
  {
    id: 'quarantine',
    label: 'Quarantine',
    about:
      'Devices whose data is refused at the door until someone releases them: it is not scored, not stored and not learned from.',
    icon: ShieldBan,
    key: 'q',
    component: lazy(async () => ({ default: (await import('./quarantine/QuarantinePage')).QuarantinePage })),
  },
  {
    id: 'logs',
    label: 'System Logs',
    about:
      "Log lines as they arrive, each with its template and the autoencoder's score. What is stored can be searched.",
    icon: ScrollText,
    key: 'l',
    component: lazy(async () => ({ default: (await import('./logs/LogsPage')).LogsPage })),
  },
  {
    id: 'alerts',
    label: 'Alert History',
    about:
      'Everything that crossed the threshold, with its cause, evidence and remedy. An anomaly is unusual, not automatically bad.',
    icon: Bell,
    key: 'a',
    component: lazy(async () => ({ default: (await import('./alerts/AlertsPage')).AlertsPage })),
  },
  {
    id: 'models',
    label: 'Models',
    about:
      'Both detectors: what they were trained on, how sensitive they are, and the file that carries them out and in.',
    icon: Boxes,
    key: 'e',
    component: lazy(async () => ({ default: (await import('./models/ModelsPage')).ModelsPage })),
  },
  {
    id: 'scoreboard',
    label: 'Scoreboard',
    about:
      'How well the injected faults are found, as the stream runs. The simulator knows what it did to which device; the detectors never do.',
    icon: Target,
    key: 's',
    component: lazy(async () => ({ default: (await import('./scoreboard/ScoreboardPage')).ScoreboardPage })),
  },
  {
    id: 'scenarios',
    label: 'Scenarios',
    about:
      'Seeded timelines of faults and normal events, played on a fleet of their own. The same scenario with the same seed gives the same data, truth included.',
    icon: Clapperboard,
    key: 'c',
    component: lazy(async () => ({ default: (await import('./scenarios/ScenariosPage')).ScenariosPage })),
  },
  {
    id: 'data',
    label: 'Data',
    about:
      'Open your own metrics or logs: they are parsed, scored and kept in this browser only. Back up, restore or erase what is stored.',
    icon: Database,
    key: 'd',
    component: lazy(async () => ({ default: (await import('./data/DataPage')).DataPage })),
  },
];

/** The entry of a page; every page has one. */
export function pageEntry(page: Page): PageEntry {
  return PAGE_REGISTRY.find((entry) => entry.id === page) ?? PAGE_REGISTRY[0];
}
