import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { MEMBERS } from '../../src/domain/scoreboard';
import { DEFAULT_SETTINGS } from '../../src/domain/settings';
import { FAULT_SPECS } from '../../src/sim/faults/registry';
import { type FaultsRun, playFaults, summariseFault } from './faults';
import { playScenario, readScenarios, type ScenarioRun } from './scenario-run';
import { faultTable, scenarioTable } from './tables';

const USAGE = `npm run bench:scenarios [-- --only id,… --seeds n --json FILE --hours n --files DIR]
npm run bench:scenarios -- --faults [--only id,… --from n --seeds n --json FILE --devices n]
  --only LIST   scenarios or faults by id
  --seeds N     scenarios: N runs, from the scenario's own seed on (default 1); faults: N seeds (default 20)
  --from N      faults: the first seed (default 1), to share the seeds among processes
  --json FILE   all figures
  --hours N     no more than the first N hours of each scenario
  --files DIR   scenario files (default: those that come with the app)
  --faults      every fault of the registry at default intensity instead of scenarios
  --devices N   size of the fleet for --faults (default 24)`;

interface Options {
  readonly only: readonly string[];
  readonly seeds: number | undefined;
  readonly from: number;
  readonly hours: number;
  readonly files: string;
  readonly devices: number;
}

/** Runs `npm run bench:scenarios`. */
export async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', default: '' },
      seeds: { type: 'string' },
      from: { type: 'string', default: '1' },
      json: { type: 'string' },
      hours: { type: 'string', default: 'Infinity' },
      files: { type: 'string', default: 'src/sim/scenarios/files' },
      faults: { type: 'boolean', default: false },
      devices: { type: 'string', default: '24' },
    },
  });
  const options: Options = {
    only: values.only.split(',').filter((part) => part !== ''),
    seeds: values.seeds === undefined ? undefined : Number(values.seeds),
    from: Number(values.from),
    hours: Number(values.hours),
    files: values.files,
    devices: Number(values.devices),
  };
  const { seeds = 1, from, hours, devices } = options;
  if ([seeds, from, devices].some((count) => !Number.isInteger(count) || count < 1) || !(hours > 0))
    throw new Error(USAGE);
  const start = Date.now();
  const found = values.faults ? await benchFaults(options) : await benchScenarios(options);
  const seconds = (Date.now() - start) / 1000;
  console.log(`\n${found.table}\n\n${seconds.toFixed(0)} s`);
  if (values.json === undefined) return;
  const facts = { mode: values.faults ? 'faults' : 'scenarios', node: process.version, seconds };
  writeFileSync(values.json, `${JSON.stringify({ ...facts, ...found.figures }, null, 1)}\n`);
}

interface Found {
  readonly table: string;
  readonly figures: object;
}

async function benchFaults({ only, seeds = 20, from, devices }: Options): Promise<Found> {
  const specs = FAULT_SPECS.filter((spec) => only.length === 0 || only.includes(spec.id));
  if (specs.length === 0) throw new Error(`no fault is named ${only.join(', ')}\n${USAGE}`);
  const runs: FaultsRun[] = [];
  for (let seed = from; seed < from + seeds; seed++) {
    const start = Date.now();
    const run = await playFaults(specs, seed, devices);
    runs.push(run);
    const noticed = run.runs.filter(({ member, delaySamples }) => member === 'hybrid' && delaySamples !== undefined);
    console.log(
      `seed ${seed}: ${noticed.length} of ${specs.length} faults, ${run.falseAlarms} false alarms in ${run.deviceDays.toFixed(1)} device days, ${((Date.now() - start) / 1000).toFixed(1)} s`,
    );
  }
  const all = runs.flatMap((run) => run.runs);
  const summaries = specs.flatMap((spec) => MEMBERS.map((member) => summariseFault(all, spec.id, member)));
  const alarms = runs.reduce((sum, run) => sum + run.falseAlarms, 0);
  const days = runs.reduce((sum, run) => sum + run.deviceDays, 0);
  const rate = `${alarms} false alarms in ${days.toFixed(1)} device days: ${(alarms / days).toFixed(2)} a device and day`;
  return { table: `${faultTable(summaries)}\n\n${rate}`, figures: { devices, summaries, runs } };
}

async function benchScenarios({ only, seeds = 1, hours, files }: Options): Promise<Found> {
  const scenarios = readScenarios(files).filter(({ id }) => only.length === 0 || only.includes(id));
  if (scenarios.length === 0) throw new Error(`no scenario under ${files} is named ${only.join(', ')}\n${USAGE}`);
  const runs: ScenarioRun[] = [];
  for (const scenario of scenarios) {
    for (let i = 0; i < seeds; i++) {
      const start = Date.now();
      const run = await playScenario(scenario, scenario.seed + i, hours);
      runs.push(run);
      const { byEvent, alarms } = run.members.hybrid;
      const budget = 2 * DEFAULT_SETTINGS.falseAlarmsPerDay;
      const verdict = !run.healthy
        ? ''
        : alarms.perDeviceDay <= budget
          ? ', within twice the budget'
          : ', OVER twice the budget';
      console.log(
        `${run.id}, seed ${run.seed}: ${byEvent.hits} of ${byEvent.events} events, ${alarms.perDeviceDay.toFixed(2)} false alarms a device and day${verdict}, ${((Date.now() - start) / 1000).toFixed(1)} s`,
      );
    }
  }
  return { table: scenarioTable(runs), figures: { runs } };
}
