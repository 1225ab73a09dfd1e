import { METRIC_MEMBERS, type MetricMemberId, TRAINED_MEMBERS } from './members';
import { checkParam, type ParamSpec } from './params';
import { err, ok, type Result } from './result';

/** Everything a person may set. Numbers are described in SETTING_SPECS. */
export interface Settings {
  readonly metricWeight: number;
  readonly logWeight: number;
  readonly alarmAt: number;
  readonly falseAlarmsPerDay: number;
  readonly retrainEvery: number;
  readonly deviceCount: number;
  readonly seed: number;
  readonly retentionMb: number;
  readonly keepRuns: number;
  readonly keepAlerts: number;
  readonly metricsOn: boolean;
  readonly logsOn: boolean;
  /** Members of the metric model that speak; at least one that is trained. */
  readonly members: Readonly<Record<MetricMemberId, boolean>>;
  readonly autoRetrain: boolean;
  /** The fleet's own small seeded faults. */
  readonly ambientFaults: boolean;
  readonly quarantine: 'enforce' | 'simulate' | 'off';
}

export const SETTING_SPECS: readonly (ParamSpec & { readonly key: keyof Settings })[] = [
  {
    key: 'metricWeight',
    label: 'Weight of metrics',
    unit: '',
    min: 0,
    max: 10,
    default: 1,
    step: 0.1,
    help: 'How much the metric detector counts in the hybrid.',
  },
  {
    key: 'logWeight',
    label: 'Weight of logs',
    unit: '',
    min: 0,
    max: 10,
    default: 1.5,
    step: 0.1,
    help: 'How much the log detector counts in the hybrid.',
  },
  {
    key: 'alarmAt',
    label: 'Alarm at',
    unit: '',
    min: 0.1,
    max: 20,
    default: 1,
    step: 0.1,
    help: 'Hybrid value at which a sample is flagged.',
  },
  {
    key: 'falseAlarmsPerDay',
    label: 'False alarms',
    unit: 'per device and day',
    min: 0.01,
    max: 8640,
    default: 0.5,
    step: 0.01,
    help: 'Expected number of false alarms. Fewer means a higher threshold.',
  },
  {
    key: 'retrainEvery',
    label: 'Retrain every',
    unit: 'records',
    min: 500,
    max: 1_000_000,
    default: 5000,
    step: 1,
    help: 'A model is trained again after this many new unflagged records.',
  },
  {
    key: 'deviceCount',
    label: 'Devices',
    unit: '',
    min: 1,
    max: 10_000,
    default: 48,
    step: 1,
    help: 'Size of the simulated fleet. Takes effect at the next restart of the fleet.',
  },
  {
    key: 'seed',
    label: 'Seed',
    unit: '',
    min: 0,
    max: 4_294_967_295,
    default: 1,
    step: 1,
    help: 'The same seed gives the same fleet.',
  },
  {
    key: 'retentionMb',
    label: 'Keep telemetry',
    unit: 'MB',
    min: 5,
    max: 2000,
    default: 150,
    step: 1,
    help: 'The oldest telemetry is deleted beyond this size.',
  },
  {
    key: 'keepRuns',
    label: 'Keep runs',
    unit: '',
    min: 2,
    max: 500,
    default: 20,
    step: 1,
    help: 'Fleets and files. Those saved longest ago are deleted beyond this number, with their alerts and decisions.',
  },
  {
    key: 'keepAlerts',
    label: 'Keep alerts',
    unit: '',
    min: 100,
    max: 100_000,
    default: 10_000,
    step: 100,
    help: 'The oldest alerts, of the oldest runs first, are deleted beyond this number.',
  },
];

const ALL_MEMBERS = Object.fromEntries(METRIC_MEMBERS.map(({ id }) => [id, true])) as Record<MetricMemberId, true>;

export const DEFAULT_SETTINGS: Settings = {
  metricWeight: 1,
  logWeight: 1.5,
  alarmAt: 1,
  falseAlarmsPerDay: 0.5,
  retrainEvery: 5000,
  deviceCount: 48,
  seed: 1,
  retentionMb: 150,
  keepRuns: 20,
  keepAlerts: 10_000,
  metricsOn: true,
  logsOn: true,
  members: ALL_MEMBERS,
  autoRetrain: true,
  ambientFaults: true,
  quarantine: 'enforce',
};

/**
 * Checks settings from outside (storage, link, backup). Unknown keys are dropped, missing ones take their default.
 * Errors: `settings` naming the first wrong field with its value.
 */
export function parseSettings(input: unknown): Result<Settings, 'settings'> {
  if (typeof input !== 'object' || input === null)
    return err('settings', `settings must be an object, got ${String(input)}`);
  const given = input as Record<string, unknown>;
  const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS };
  for (const spec of SETTING_SPECS) {
    if (given[spec.key] === undefined) continue;
    const checked = checkParam(spec, given[spec.key], `settings.${spec.key}`);
    if (!checked.ok) return err('settings', checked.error.message);
    settings[spec.key] = checked.value;
  }
  for (const key of ['metricsOn', 'logsOn', 'autoRetrain', 'ambientFaults'] as const) {
    if (given[key] === undefined) continue;
    if (typeof given[key] !== 'boolean')
      return err('settings', `settings.${key} must be true or false, got ${String(given[key])}`);
    settings[key] = given[key];
  }
  const members = parseMembers(given.members);
  if (!members.ok) return members;
  settings.members = members.value;
  if (given.quarantine !== undefined) {
    if (given.quarantine !== 'enforce' && given.quarantine !== 'simulate' && given.quarantine !== 'off') {
      return err('settings', `settings.quarantine must be enforce, simulate or off, got ${String(given.quarantine)}`);
    }
    settings.quarantine = given.quarantine;
  }
  return ok(settings as unknown as Settings);
}

/** Unknown members are dropped, missing ones are on. Errors: `settings` naming a wrong one, or that no trained one is on. */
function parseMembers(input: unknown): Result<Settings['members'], 'settings'> {
  if (input === undefined) return ok(DEFAULT_SETTINGS.members);
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return err('settings', `settings.members must be an object of true and false, got ${String(input)}`);
  const given = input as Readonly<Record<string, unknown>>;
  const members: Record<MetricMemberId, boolean> = { ...DEFAULT_SETTINGS.members };
  for (const { id } of METRIC_MEMBERS) {
    if (!Object.hasOwn(given, id)) continue;
    const on = given[id];
    if (typeof on !== 'boolean')
      return err('settings', `settings.members.${id} must be true or false, got ${String(on)}`);
    members[id] = on;
  }
  if (TRAINED_MEMBERS.every(({ id }) => !members[id])) {
    const names = TRAINED_MEMBERS.map(({ id }) => id).join(', ');
    return err(
      'settings',
      `settings.members must have one of ${names} that is true: switch the metric model off instead`,
    );
  }
  return ok(members);
}
