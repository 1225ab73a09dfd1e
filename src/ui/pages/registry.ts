import { Bell, Boxes, Database, Globe, LayoutDashboard, type LucideIcon, ScrollText, ShieldBan } from 'lucide-react';
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { Page } from '../../app/types';

export interface PageEntry {
  readonly id: Page;
  readonly label: string;
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
    icon: LayoutDashboard,
    key: 'o',
    component: lazy(async () => ({ default: (await import('./overview/OverviewPage')).OverviewPage })),
  },
  {
    id: 'map',
    label: 'Threat Map',
    icon: Globe,
    key: 'm',
    component: lazy(async () => ({ default: (await import('./map/MapPage')).MapPage })),
  },
  {
    id: 'quarantine',
    label: 'Quarantine',
    icon: ShieldBan,
    key: 'q',
    component: lazy(async () => ({ default: (await import('./quarantine/QuarantinePage')).QuarantinePage })),
  },
  {
    id: 'logs',
    label: 'System Logs',
    icon: ScrollText,
    key: 'l',
    component: lazy(async () => ({ default: (await import('./logs/LogsPage')).LogsPage })),
  },
  {
    id: 'alerts',
    label: 'Alert History',
    icon: Bell,
    key: 'a',
    component: lazy(async () => ({ default: (await import('./alerts/AlertsPage')).AlertsPage })),
  },
  {
    id: 'models',
    label: 'Models',
    icon: Boxes,
    key: 'e',
    component: lazy(async () => ({ default: (await import('./models/ModelsPage')).ModelsPage })),
  },
  {
    id: 'data',
    label: 'Data',
    icon: Database,
    key: 'd',
    component: lazy(async () => ({ default: (await import('./data/DataPage')).DataPage })),
  },
];

/** The entry of a page; every page has one. */
export function pageEntry(page: Page): PageEntry {
  return PAGE_REGISTRY.find((entry) => entry.id === page) ?? PAGE_REGISTRY[0];
}
