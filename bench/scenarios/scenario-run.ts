import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '../../src/domain/scenario';
import { parseScenario } from '../../src/domain/scenario-check';
import { MEMBERS, type Member, type Scoreboard } from '../../src/domain/scoreboard';
import { vusPr } from '../../src/evaluate/vus';
import { SCENARIO_CONTEXT } from '../../src/sim/scenarios/context';
import { openFleet } from './fleet';

/** Widest buffer of VUS-PR in samples, as for the server data sets. */
const VUS_WINDOW = 100;
/** Longer series would take minutes. */
const MAX_VUS_SAMPLES = 50_000;
/** Time after a scenario's end, so that its last events are settled. */
const AFTER_S = 120;

/** Reads the scenario files of a folder, by name. Throws with every wrong field of the first that is refused. */
export function readScenarios(dir: string): readonly Scenario[] {
  const files = readdirSync(dir).filter((name) => name.endsWith('.json'));
  return files.sort().map((name) => {
    const read = parseScenario(readFileSync(join(dir, name), 'utf8'), SCENARIO_CONTEXT);
    if (!read.ok) throw new Error(`${name}: ${read.error.message}`);
    return read.value;
  });
}

export interface ScenarioRun {
  readonly id: string;
  readonly healthy: boolean;
  readonly seed: number;
  readonly hours: number;
  readonly members: Scoreboard['members'];
  readonly faults: Scoreboard['faults'];
  /** Mean VUS-PR over the devices that had a fault; NaN where none had, or where the series are too long. */
  readonly vusPr: Readonly<Record<Member, number>>;
}

/** Plays a scenario from its beginning, at most `hours` of it. */
export async function playScenario(scenario: Scenario, seed: number, hours: number): Promise<ScenarioRun> {
  const series = new Map<number, { t: number[]; scores: Record<Member, number[]> }>();
  const seconds = Math.min(scenario.durationS, hours * 3600);
  const isShort = seconds < MAX_VUS_SAMPLES;
  const { bench, play } = await openFleet({
    seed,
    devices: scenario.deviceCount,
    scenario,
    onSamples: (chunk) => {
      for (let row = 0; isShort && row < chunk.n; row++) {
        if (Number.isNaN(chunk.score[row])) continue;
        const own = series.get(chunk.device[row]) ?? { t: [], scores: { hybrid: [], metrics: [], logs: [] } };
        series.set(chunk.device[row], own);
        own.t.push(chunk.t[row]);
        own.scores.hybrid.push(chunk.score[row]);
        own.scores.metrics.push(chunk.metricScore[row]);
        own.scores.logs.push(chunk.logScore[row]);
      }
    },
  });
  const { engine } = bench;
  await play(seconds + AFTER_S);
  await engine.flush();
  const truth = await bench.truth.truth(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  const { members, faults } = engine.scoreboard({ member: 'hybrid' });
  const vusOf = (member: Member): number => {
    const values = [...series].flatMap(([device, { t, scores }]) => {
      const own = truth.filter((span) => span.device === device);
      const labels = t.map((at) => (own.some((span) => at >= span.from && at < span.to) ? 1 : 0));
      const value = vusPr({ scores: scores[member], labels, maxWindow: VUS_WINDOW });
      return Number.isNaN(value) ? [] : [value];
    });
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  return {
    id: scenario.id,
    healthy: scenario.healthy,
    seed,
    hours: seconds / 3600,
    members,
    faults,
    vusPr: { hybrid: vusOf(MEMBERS[0]), metrics: vusOf(MEMBERS[1]), logs: vusOf(MEMBERS[2]) },
  };
}
