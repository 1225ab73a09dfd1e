import type { InjectionRequest, Target } from './faults';

export const SCENARIO_FORMAT = 'cloud-anomaly-scenario';
export const SCENARIO_VERSION = 1;

/** A fault of a scenario. */
export interface ScenarioFault extends InjectionRequest {
  /** Seconds after live data begins; below 0: in the history before it. Its `start` counts from here. */
  readonly at: number;
  /** Faults with the same text are one group, as if one request had given them. */
  readonly group?: string;
}

/** A normal event of a scenario: a deployment, a backup, whatever the simulator's registry of events has. */
export interface ScenarioEvent {
  /** Seconds after live data begins. */
  readonly at: number;
  readonly event: string;
  readonly target: Exclude<Target, { readonly kind: 'new-device' }>;
  /** Those of the event by key; those left out have their defaults. */
  readonly params?: Readonly<Record<string, number>>;
}

/** A seeded timeline of faults and normal events: what a `*.scenario.json` file holds. */
export interface Scenario {
  readonly format: typeof SCENARIO_FORMAT;
  readonly schemaVersion: typeof SCENARIO_VERSION;
  /** Lower-case words with hyphens; stands in links. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly seed: number;
  readonly deviceCount: number;
  /** How long it is worth watching; the stream itself does not end. */
  readonly durationS: number;
  /** Whether nothing bad happens in it, so that each alarm is a false one. */
  readonly healthy: boolean;
  /**
   * UTC time of the first live sample, `2026-03-02T08:00:00Z`, so that daily and weekly cycles are where they should be and the same
   * seed gives the same bytes. undefined: the time of opening.
   */
  readonly startsAt?: string;
  /** The fleet's own small seeded faults beside the timeline. */
  readonly ambientFaults: boolean;
  readonly faults: readonly ScenarioFault[];
  readonly events: readonly ScenarioEvent[];
}

/** What a run tells of the scenario that it plays. */
export type ScenarioHead = Pick<Scenario, 'id' | 'name' | 'durationS' | 'healthy' | 'ambientFaults'>;

/** How a run is called that plays a scenario. */
export function scenarioLabel({ name }: Pick<Scenario, 'name'>): string {
  return `Scenario: ${name}`;
}

/** What a person says of a recording. */
export type ScenarioTitle = Pick<Scenario, 'id' | 'name' | 'description'>;

/** The fleet that a run began with. */
export interface FleetFacts {
  readonly seed: number;
  /** Devices, without those that joined later. */
  readonly size: number;
  /** Time of the first live sample, ms since 1970 UTC of the data's clock. */
  readonly liveAt: number;
  readonly ambientFaults: boolean;
}

export type ScenarioStep =
  | { readonly kind: 'fault'; readonly at: number; readonly fault: ScenarioFault }
  | { readonly kind: 'event'; readonly at: number; readonly event: ScenarioEvent };

/** Faults and events in order of time; at the same time faults first, each list in its own order. */
export function timelineOf(scenario: Pick<Scenario, 'faults' | 'events'>): ScenarioStep[] {
  const steps: ScenarioStep[] = [
    ...scenario.faults.map((fault) => ({ kind: 'fault' as const, at: fault.at, fault })),
    ...scenario.events.map((event) => ({ kind: 'event' as const, at: event.at, event })),
  ];
  return steps.sort((a, b) => a.at - b.at);
}
