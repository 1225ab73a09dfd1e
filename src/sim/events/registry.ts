import type { NormalEventSpec } from '../../domain/events';
import { autoscale } from './autoscale';
import { backup } from './backup';
import { configReload } from './config-reload';
import type { NormalEvent } from './contract';
import { cronJob } from './cron-job';
import { deployment } from './deployment';
import { logRotation } from './log-rotation';
import { maintenanceRestart } from './maintenance-restart';
import { trafficSurge } from './traffic-surge';

/** Every normal event. config-reload is the simplest: the one to copy. */
export const NORMAL_EVENTS: readonly NormalEvent[] = [
  deployment,
  backup,
  autoscale,
  trafficSurge,
  maintenanceRestart,
  configReload,
  cronJob,
  logRotation,
];

export const NORMAL_EVENT_SPECS: readonly NormalEventSpec[] = NORMAL_EVENTS.map((event) => event.spec);

/** The normal event with this id; undefined when there is none. */
export function findNormalEvent(id: string): NormalEvent | undefined {
  return NORMAL_EVENTS.find((event) => event.spec.id === id);
}
