import type { Device } from '../domain/catalog';
import { createRandom } from '../domain/random';
import { ROLE_PROFILES, ROLES, type Role } from './roles';

/** What makes a device different from others of its role: TRAITS numbers in a row of one Float64Array, drawn once from seed and id. */
export const TRAITS = 48;
export const LOAD_MEAN = 0;
export const DAILY_SWING = 1;
export const PEAK_COS = 2;
export const PEAK_SIN = 3;
export const CPU_IDLE = 4;
export const CPU_PER_LOAD = 5;
export const MEMORY_BASE = 6;
export const MEMORY_PER_LOAD = 7;
export const DISK_IDLE = 8;
export const DISK_PER_LOAD = 9;
export const NETWORK_IDLE = 10;
export const NETWORK_PER_LOAD = 11;
export const GC_AMPLITUDE = 12;
/** Periods and phases in ticks. */
export const GC_PERIOD = 13;
export const GC_PHASE = 14;
export const FULL_GC_AMPLITUDE = 15;
export const FULL_GC_PERIOD = 16;
export const FULL_GC_PHASE = 17;
export const FLUSH_FACTOR = 18;
export const FLUSH_PERIOD = 19;
export const FLUSH_PHASE = 20;
export const JOB_LOAD = 21;
export const JOB_PERIOD = 22;
export const JOB_PHASE = 23;
export const DISK_SPREAD = 24;
export const NETWORK_SPREAD = 25;
export const LINES_PER_SECOND = 26;
export const CAPACITY = 27;
/** Points of memory that a process gains in an hour until it is restarted. */
export const CREEP_PER_HOUR = 28;
/** Minute of the hour at which the device's cron jobs start; minutes of the local day of its log rotation and its backup. */
export const CRON_MINUTE = 29;
export const ROTATION_MINUTE = 30;
export const BACKUP_MINUTE = 31;
export const LONGITUDE = 32;
/** Index into ROLES. */
export const ROLE_INDEX = 33;
/** Usual sizes of what comes and goes: see RoleProfile. */
export const BURST = 34;
export const TRANSFER = 35;
export const FLUSH = 36;
export const PROCESS = 37;
export const RELEASE = 38;
export const CHECKPOINT_FACTOR = 39;
export const CHECKPOINT_PERIOD = 40;
export const CHECKPOINT_PHASE = 41;
export const LEVELS = 42;
export const LEVEL_PERIOD = 43;
export const LEVEL_PHASE = 44;
export const MIX_SPREAD = 45;
export const WANDER_POINTS = 46;
export const LABOUR = 47;

/** Draws a device's traits into TRAITS numbers from `base` on. role: unknown ones count as edge. */
export function drawTraits(out: Float64Array, base: number, seed: number, device: Device): void {
  const role: Role = ROLES.find((known) => known === device.role) ?? 'edge';
  const profile = ROLE_PROFILES[role];
  const random = createRandom(seed, `traits:${device.id}`);
  const around = (value: number, share: number): number => value * (1 + share * (2 * random.next() - 1));
  const period = (from: number, to: number): number => from + random.int(to - from + 1);
  const set = (trait: number, value: number): void => {
    out[base + trait] = value;
  };
  set(LOAD_MEAN, around(1, 0.18));
  set(DAILY_SWING, around(profile.dailySwing, 0.2));
  const peak = (2 * Math.PI * (profile.peakHour + random.next() - 0.5)) / 24;
  set(PEAK_COS, Math.cos(peak));
  set(PEAK_SIN, Math.sin(peak));
  set(CPU_IDLE, around(profile.cpuIdle, 0.3));
  set(CPU_PER_LOAD, around(profile.cpuPerLoad, 0.15));
  set(MEMORY_BASE, around(profile.memoryBase, 0.12));
  set(MEMORY_PER_LOAD, around(profile.memoryPerLoad, 0.2));
  set(DISK_IDLE, around(profile.diskIdle, 0.25));
  set(DISK_PER_LOAD, around(profile.diskPerLoad, 0.25));
  set(NETWORK_IDLE, around(profile.networkIdle, 0.25));
  set(NETWORK_PER_LOAD, around(profile.networkPerLoad, 0.25));
  set(GC_AMPLITUDE, around(profile.gcAmplitude, 0.2));
  set(GC_PERIOD, period(40, 90));
  set(GC_PHASE, random.int(90));
  set(FULL_GC_AMPLITUDE, around(profile.fullGcAmplitude, 0.2));
  set(FULL_GC_PERIOD, period(1000, 2000));
  set(FULL_GC_PHASE, random.int(2000));
  set(FLUSH_FACTOR, 1 + around(profile.flushFactor - 1, 0.2));
  set(FLUSH_PERIOD, period(45, 75));
  set(FLUSH_PHASE, random.int(75));
  set(JOB_LOAD, around(profile.jobLoad, 0.15));
  set(JOB_PERIOD, period(80, 120));
  set(JOB_PHASE, random.int(120));
  set(DISK_SPREAD, around(profile.diskSpread, 0.2));
  set(NETWORK_SPREAD, around(profile.networkSpread, 0.2));
  set(LINES_PER_SECOND, profile.linesPerSecond);
  set(CAPACITY, profile.capacity);
  set(CREEP_PER_HOUR, 0.12 * random.next() ** 2);
  set(CRON_MINUTE, random.int(60));
  set(ROTATION_MINUTE, random.int(20));
  set(BACKUP_MINUTE, 120 + random.int(90));
  set(LONGITUDE, device.longitude);
  set(ROLE_INDEX, ROLES.indexOf(role));
  set(BURST, around(profile.burst, 0.25));
  set(TRANSFER, around(profile.transfer, 0.25));
  set(FLUSH, around(profile.flush, 0.25));
  set(PROCESS, around(profile.process, 0.25));
  set(RELEASE, around(profile.release, 0.25));
  set(CHECKPOINT_FACTOR, 1 + around(profile.checkpointFactor - 1, 0.2));
  set(CHECKPOINT_PERIOD, period(240, 360));
  set(CHECKPOINT_PHASE, random.int(360));
  set(LEVELS, around(profile.levels, 0.2));
  set(LEVEL_PERIOD, period(7200, 18_000));
  set(LEVEL_PHASE, random.int(18_000));
  set(MIX_SPREAD, around(profile.mix, 0.2));
  set(WANDER_POINTS, around(profile.wander, 0.2));
  set(LABOUR, around(profile.labour, 0.25));
}
