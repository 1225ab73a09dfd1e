import { err, ok } from '../domain/result';
import { parseScenario } from '../domain/scenario-check';
import { createReplay, type Replay } from '../ingest/replay';
import type { ParsedFile } from '../ingest/types';
import { SCENARIO_CONTEXT } from '../sim/scenarios/context';
import { SCENARIOS } from '../sim/scenarios/registry';
import { createSimulator, type Simulator } from '../sim/simulator';
import type { SimApi } from './api';
import { inspect, parseFile } from './file-reader';
import { moveBuffers } from './transfer';

interface ReadFile {
  readonly parsed: ParsedFile;
  replay: Replay;
}

/**
 * The source in the sim worker: simulator, injector and replay. The fleet goes on while a file is read; only `useFile` puts the file in its
 * place, so that no row of a file ever comes to whoever still pulls from the fleet.
 */
export function createSimApi(): SimApi {
  let simulator: Simulator | undefined;
  let played: ReadFile | undefined;
  let waiting: ReadFile | undefined;
  let reading: { cancelled: boolean } | undefined;

  const fleet = (): Simulator => {
    if (simulator === undefined) throw new Error('sim worker: used before a fleet was opened');
    return simulator;
  };

  return {
    openFleet: (options) => {
      const created = createSimulator(options);
      if (!created.ok) return created;
      simulator = created.value;
      played = undefined;
      return ok(simulator.info());
    },
    pull: (steps) =>
      moveBuffers(
        played === undefined
          ? { batch: fleet().pull(steps), done: false, catalog: fleet().takeCatalog() }
          : played.replay.pull(steps),
      ),
    rewind: () => {
      if (played !== undefined) played.replay = createReplay(played.parsed, played.replay.info.runId);
    },
    inject: (request, refusals) => fleet().inject(request, refusals),
    stopInjection: (id) => fleet().stopInjection(id),
    stopAll: () => fleet().stopAll(),
    record: (title) => fleet().record(title),
    truth: (from, to) => fleet().truth(from, to),
    normalEvents: (from, to) => fleet().normalEvents(from, to),
    injections: () => fleet().injections(),
    setBlocked: (devices) => fleet().setBlocked(devices),
    checkpoint: () => fleet().checkpoint(),
    scenarios: () => SCENARIOS,
    readScenario: (text) => parseScenario(text, SCENARIO_CONTEXT),

    preview: async (file) => {
      const plan = await inspect(file);
      return plan.ok ? ok(plan.value.preview) : plan;
    },
    openFile: async (file, mapping, runId, onProgress) => {
      const turn = { cancelled: false };
      if (reading !== undefined) reading.cancelled = true;
      reading = turn;
      const parsed = await parseFile(file, mapping, onProgress, () => turn.cancelled);
      if (reading === turn) reading = undefined;
      if (!parsed.ok) return parsed;
      if (turn.cancelled) return err('cancelled', `opening ${file.name} was cancelled`);
      const replay = createReplay(parsed.value, runId);
      waiting = { parsed: parsed.value, replay };
      const { rows, badRows, problems, labels, notes } = parsed.value;
      return ok({
        info: replay.info,
        rows,
        badRows,
        problems,
        hasLabels: labels !== undefined,
        notes,
      });
    },
    useFile: (runId) => {
      if (waiting?.replay.info.runId !== runId) return err('no-file', `the file of run ${runId} is not here any more`);
      played = waiting;
      waiting = undefined;
      return ok(undefined);
    },
    cancelOpen: () => {
      if (reading !== undefined) reading.cancelled = true;
    },
    closeFile: () => {
      played = undefined;
      waiting = undefined;
      return simulator === undefined ? err('no-fleet', 'no fleet was opened') : ok(simulator.info());
    },
    labels: () => played?.parsed.labels?.slice(),
  };
}
