import { expose } from 'comlink';
import { err, ok, type Result } from '../domain/result';
import { parseSettings } from '../domain/settings';
import type { Engine } from '../engine/engine';
import { alertSamples, traceAlert } from './alert-queries';
import type { EngineApi, EngineLines, RunView } from './api';
import { deviceSamples } from './device-samples';
import { createEngineHost, type Running } from './engine-host';
import { evaluateRun } from './evaluate-run';
import {
  describeRecording,
  findLinkedScenario,
  keepOwnScenario,
  listOwnScenarios,
  type OwnScenarioParts,
  putBackScenario,
} from './own-scenarios';
import { scoresAsCsv } from './scores-csv';
import { previewSensitivity, searchStoredLogs } from './stored-queries';
import { moveBuffers } from './transfer';

const host = createEngineHost();
const { lines, boot, opened, tellChange } = host;

function viewRun(): RunView {
  const { engine, store } = opened();
  const { info, catalog } = engine.run;
  return {
    info: { ...info, catalog },
    catalog,
    regions: info.regions,
    faults: info.faults,
    settings: engine.settings,
    resumed: engine.resumed,
    paused: engine.run.paused,
    durable: store.mode === 'disk',
  };
}

function scenarioParts({ store }: Pick<Running, 'store'> = opened()): OwnScenarioParts {
  const read: OwnScenarioParts['read'] = async (text) => lines.sim.api.readScenario(text);
  return { store, read, newKey: () => crypto.randomUUID(), wallClock: Date.now };
}

/** A reload right after goes on at the speed, or as still, as was just chosen. Not waited for: a step may be in flight. */
function saveSoon(engine: Engine): void {
  engine.exclusive(() => engine.flush()).catch((cause: unknown) => engine.report(String(cause)));
}

function setPaused(paused: boolean): void {
  const { engine } = opened();
  engine.setPaused(paused);
  saveSoon(engine);
}

function withView(result: Result<void>): Result<RunView> {
  return result.ok ? ok(viewRun()) : result;
}

const api: EngineApi & EngineLines & { ping(): true } = {
  ping: () => true,
  connect: (name, port, restarts) => {
    const running = host.running();
    if (restarts === 0 || running === undefined) {
      lines[name].connect(port);
      return;
    }
    const { engine } = running;
    // Not in the middle of a turn: what is under way must fail, and not reach a worker whose pipeline is not open yet.
    engine
      .exclusive(() => {
        lines[name].connect(port);
        return engine.reconnect(name);
      })
      .then(
        () => engine.clearTrouble(),
        (cause: unknown) => engine.report(String(cause)),
      );
  },
  disconnect: (name) => lines[name].disconnect(),

  start: async ({ seed, scenario: name }) => {
    const { engine, store } = await boot();
    if (engine.isOpen) return ok(viewRun());
    const parts = scenarioParts({ store });
    const found =
      name === undefined ? undefined : await findLinkedScenario(parts, await lines.sim.api.scenarios(), name);
    const scenario = found === undefined ? undefined : { ...found, seed: seed ?? found.seed };
    // A link to a scenario that is not known changes nothing, the seed neither.
    const asked = name === undefined || found !== undefined ? seed : undefined;
    return withView(await engine.exclusive(() => engine.start(asked, scenario)));
  },
  subscribe: host.subscribe,
  view: async () => viewRun(),
  pause: async () => setPaused(true),
  resume: async () => setPaused(false),
  setSpeed: async (speed) => {
    const { engine } = opened();
    const set = engine.setSpeed(speed);
    if (set.ok) saveSoon(engine);
    return set;
  },
  step: async () => {
    const { engine } = opened();
    await engine.exclusive(() => engine.stepOnce());
  },
  restart: async (seed) => {
    const { engine } = opened();
    const settings = parseSettings({ ...engine.settings, seed });
    if (!settings.ok) return settings;
    return engine.exclusive(async () => {
      await engine.flush();
      await engine.setSettings(settings.value);
      return withView(await engine.openFleet(undefined));
    });
  },
  focus: (device) => {
    const { engine } = opened();
    return engine.exclusive(() => engine.setFocus(device));
  },

  inject: (request) => {
    const { engine } = opened();
    return engine.exclusive(() => engine.inject(request));
  },
  stopInjection: (id) => {
    const { engine } = opened();
    return engine.exclusive(() => engine.stopInjection(id));
  },
  stopAllInjections: () => {
    const { engine } = opened();
    return engine.exclusive(() => engine.stopAllInjections());
  },
  scenarios: async () => lines.sim.api.scenarios(),
  findScenario: async (name) => findLinkedScenario(scenarioParts(), await lines.sim.api.scenarios(), name),
  readScenario: async (text) => lines.sim.api.readScenario(text),
  playScenario: async (scenario, seed = scenario.seed) => {
    const { engine } = opened();
    return engine.exclusive(async () => {
      await engine.flush();
      return withView(await engine.openScenario({ ...scenario, seed }));
    });
  },
  recordScenario: async (name) => {
    const described = describeRecording(opened().engine.run, name);
    return described.ok ? ok(await lines.sim.api.record(described.value)) : described;
  },
  ownScenarios: () => listOwnScenarios(scenarioParts()),
  keepScenario: async (scenario, place) => {
    const kept = await keepOwnScenario(scenarioParts(), scenario, place);
    if (kept.ok) tellChange(['scenarios']);
    return kept;
  },
  deleteScenario: async (key) => {
    await opened().store.removeScenario(key);
    tellChange(['scenarios']);
  },
  putBackScenario: async (record) => {
    const put = await putBackScenario(scenarioParts(), record);
    if (put.ok) tellChange(['scenarios']);
    return put;
  },
  injections: () => {
    const { engine, store } = opened();
    return store.injections(engine.run.info.runId);
  },

  quarantineList: async () => opened().engine.quarantineList(),
  decisions: () => {
    const { engine, store } = opened();
    return store.decisions(engine.run.info.runId);
  },
  quarantine: (ids, reason) => opened().engine.quarantine(ids, reason),
  release: (ids, reason) => opened().engine.release(ids, reason),

  alerts: (limit, runId) => opened().store.alerts(runId === undefined ? { limit } : { limit, runId }),
  acknowledge: (id, acknowledged) => opened().engine.acknowledge(id, acknowledged),
  incidentReport: (id) => opened().engine.incidentReport(id),
  traceAlert: (id) => traceAlert({ ...opened(), metric: lines.metric.api }, id),
  alertSamples: async (id) => {
    const { engine, store } = opened();
    return moveBuffers(await alertSamples(store, engine, id));
  },

  searchLogs: (search) => {
    const { engine, store } = opened();
    return searchStoredLogs(store, engine, search);
  },
  templates: async () => lines.log.api.templates(),
  templateEvents: async () => lines.log.api.templateEvents(),

  models: () => opened().store.models(),
  retrain: (kind) => opened().engine.retrain(kind),
  cancelTraining: () => opened().engine.detection.cancelTraining(),
  exportModels: () => opened().engine.exportModels(),
  exportTfjs: async () => {
    const model = opened().engine.detection.active('logs');
    if (model === undefined) return err('no-model', 'the autoencoder has not been trained yet');
    return lines.log.api.exportTfjs(model.content);
  },
  checkModelFile: async (text) => withoutContent(await opened().engine.checkModels(text)),
  importModels: async (text) => {
    const { engine } = opened();
    return withoutContent(await engine.exclusive(() => engine.importModels(text)));
  },

  settings: async () => opened().engine.settings,
  setSettings: async (settings) => {
    const checked = parseSettings(settings);
    return checked.ok ? opened().engine.setSettings(checked.value) : checked;
  },
  previewSensitivity: (settings) => {
    const { engine, store } = opened();
    return previewSensitivity(store, engine, settings);
  },

  previewFile: (file) => lines.sim.api.preview(file),
  openFile: async (file, mapping, models, onProgress) => opened().files.open(file, mapping, models, onProgress),
  cancelFile: async () => opened().files.cancel(),
  closeFile: async () => withView(await opened().files.close()),
  scoreboard: async (query) => opened().engine.scoreboard(query),
  deviceSamples: (deviceId, from, to) => {
    const { engine, store } = opened();
    return deviceSamples(store, engine, { deviceId, from, to });
  },

  evaluateFile: async () => {
    const { engine, store } = opened();
    const labels = engine.run.info.kind === 'file' ? await lines.sim.api.labels() : undefined;
    return labels === undefined ? undefined : evaluateRun(store, engine.run, labels, engine.detection.thresholds().log);
  },
  exportScores: async () => {
    const { engine, store } = opened();
    await engine.flush();
    return scoresAsCsv(store, engine.run);
  },

  usage: () => opened().store.usage(),
  exportBackup: async () => {
    const { engine, store } = opened();
    await engine.flush();
    return ok(new Blob([await store.exportBackup()], { type: 'application/json' }));
  },
  importBackup: async (text) => {
    const { engine, store } = opened();
    return engine.exclusive(async () => {
      const imported = await store.importBackup(text);
      if (!imported.ok) return imported;
      engine.reset();
      tellChange(['scenarios']);
      return engine.start(undefined);
    });
  },
  eraseEverything: async () => {
    const { engine, store } = opened();
    await engine.exclusive(async () => {
      // First: what is written meanwhile would be written into the emptied store.
      engine.reset();
      await store.erase();
      tellChange(['scenarios']);
      const begun = await engine.start(undefined);
      if (!begun.ok) engine.report(begun.error.message);
    });
  },
  flush: async () => {
    const running = host.running();
    if (running?.engine.isOpen) await running.engine.flush();
  },
};

function withoutContent(
  result: Awaited<ReturnType<Engine['checkModels']>>,
): Awaited<ReturnType<EngineApi['checkModelFile']>> {
  if (!result.ok) return result;
  const { metrics, logs, ...rest } = result.value;
  return ok({ ...rest, metrics: metrics?.info, logs: logs?.info });
}

expose(api);
