import type { Injection } from '../domain/faults';
import { recordScenario } from '../domain/record-scenario';
import { err, ok, type Result } from '../domain/result';
import type { Scenario } from '../domain/scenario';
import type { RunState } from '../engine/run-state';

/** A fleet's run so far as a scenario that gives the same data again. injections: all of the run. Error: not-a-fleet. */
export function recordRun(run: RunState, injections: readonly Injection[], name: string): Result<Scenario> {
  const { fleet, faults, scenario } = run.info;
  if (fleet === undefined) return err('not-a-fleet', 'a run of the simulated fleet can be recorded only');
  const spreadKeys = faults.flatMap(({ id, spread }) => (spread === undefined ? [] : [[id, spread.shareKey] as const]));
  const day = new Date(run.now).toISOString().slice(0, 10);
  return ok(
    recordScenario(injections, [], {
      id: `recorded-${day}-${fleet.seed}`,
      name,
      description: scenario === undefined ? `Recorded on ${day}.` : `Recorded on ${day} from "${scenario.name}".`,
      fleet,
      endedAt: run.now,
      spreadKeys: Object.fromEntries(spreadKeys),
    }),
  );
}
