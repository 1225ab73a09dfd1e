import type { Device } from '../../domain/catalog';
import type { NormalEventRecord } from '../../domain/events';
import { localMinute } from '../demand';
import { drawAt, mix32, momentKey, tickKey, uniformOf } from '../noise';
import { ZONES, zoneOf } from '../regions';
import { ROLES } from '../roles';
import * as T from '../traits';
import { backup } from './backup';
import { configReload } from './config-reload';
import type { NormalEvent } from './contract';
import { cronJob } from './cron-job';
import { deployment } from './deployment';
import { logRotation } from './log-rotation';
import { maintenanceRestart } from './maintenance-restart';
import { trafficSurge } from './traffic-surge';

/** One event that the fleet's own schedule asks for. */
export interface DueEvent {
  readonly event: NormalEvent;
  readonly start: Omit<NormalEventRecord, 'id' | 'event'>;
}

/** Ticks between two looks at the schedule: its times are whole minutes. */
export const SCHEDULE_TICKS = 60;
/** Mean minutes between two events, for each role, zone or device. */
const DEPLOYMENT_EVERY = 3 * 1440;
const RELOAD_EVERY = 8 * 60;
const SURGE_EVERY = 9 * 60;
const RESTART_EVERY = 21 * 1440;
/** Share of the week in which somebody deploys: Monday to Thursday, 8 to 16 UTC. */
const OFFICE_SHARE = (4 * 8) / (7 * 24);
/** Roles whose data is backed up every night. */
const BACKED_UP = new Set(['database', 'cache']);

/**
 * What the fleet's own schedule starts at this tick, which is a multiple of SCHEDULE_TICKS. Cron jobs every hour, rotation and backup
 * once in a local day, each device at its own minute; deployments, reloads, surges and restarts at random (memoryless), weekday office
 * hours for deployments. Needs no state: it follows from seed key, tick and time. `fleetSize` devices take part, later ones do not.
 */
export function listDueEvents(
  key: number,
  moment: { readonly tick: number; readonly t: number },
  fleet: { readonly devices: readonly Device[]; readonly fleetSize: number; readonly traits: Float64Array },
): DueEvent[] {
  const { tick, t } = moment;
  const { devices, fleetSize, traits } = fleet;
  const due: DueEvent[] = [];
  const base = momentKey(key, tickKey(tick));
  const chance = (slot: number): number => uniformOf(drawAt(base, slot));
  const start = (event: NormalEvent, members: readonly number[], slot: number, durationS: number): void => {
    if (members.length === 0) return;
    const intensity = 0.35 + 0.4 * chance(slot);
    due.push({
      event,
      start: { devices: members, intensity, from: t, to: t + Math.round(durationS) * 1000, by: 'fleet' },
    });
  };
  const membersOf = (isMember: (device: Device) => boolean): number[] => {
    const members: number[] = [];
    for (let i = 0; i < fleetSize; i++) if (isMember(devices[i])) members.push(i);
    return members;
  };

  ROLES.forEach((role, r) => {
    if (isOfficeTime(t) && chance(r) < 1 / (DEPLOYMENT_EVERY * OFFICE_SHARE)) {
      const members = membersOf((device) => device.role === role);
      // A large role is rolled out in half an hour, many at a time.
      start(deployment, members, 100 + r, Math.min(1800, 75 + 50 * members.length));
    }
    if (chance(20 + r) < 1 / RELOAD_EVERY)
      start(
        configReload,
        membersOf((device) => device.role === role),
        120 + r,
        12,
      );
  });
  ZONES.forEach((zone, z) => {
    if (chance(40 + z) < 1 / SURGE_EVERY) {
      const durationS = 360 + 900 * chance(140 + z);
      start(
        trafficSurge,
        membersOf((device) => zoneOf(device.region) === zone),
        160 + z,
        durationS,
      );
    }
  });
  const minute = Math.floor(t / 60_000);
  for (let i = 0; i < fleetSize; i++) {
    const c = i * T.TRAITS;
    if (traits[c + T.CRON_MINUTE] === minute % 60) start(cronJob, [i], 1000 + i, 20 + 20 * chance(20_000 + i));
    const local = localMinute(t, traits[c + T.LONGITUDE]);
    if (local === traits[c + T.ROTATION_MINUTE]) start(logRotation, [i], 40_000 + i, 18);
    if (local === traits[c + T.BACKUP_MINUTE] && BACKED_UP.has(devices[i].role)) {
      start(backup, [i], 60_000 + i, 600 + 900 * chance(80_000 + i));
    }
  }
  // One draw for the whole fleet: a restart somewhere, then where.
  if (chance(60) < fleetSize / RESTART_EVERY) {
    start(maintenanceRestart, [(mix32(base) >>> 0) % fleetSize], 61, 120);
  }
  return due;
}

/** Working hours of those who deploy. */
function isOfficeTime(t: number): boolean {
  const hour = Math.floor(t / 3_600_000) % 24;
  // 1970-01-01 was a Thursday.
  const weekday = (Math.floor(t / 86_400_000) + 3) % 7;
  return weekday >= 0 && weekday < 4 && hour >= 8 && hour < 16;
}
