import type { StoreApi } from 'zustand/vanilla';
import type { EngineState, FactTable, Frame } from '../domain/frame';
import type { EngineApi, EngineLines, RunView, WorkerName } from '../workers/api';
import {
  type Called,
  movePort,
  passArguments,
  SPAWN,
  type Supervised,
  supervise,
  type WorkerStatus,
} from '../workers/client';
import { createCommands } from './commands';
import { createCriticalAlerts } from './critical-alerts';
import { createNotices } from './notices';
import { createRings } from './rings';
import { parseHash } from './route';
import {
  findBadSeed,
  type LinkProblem,
  readFleetLink,
  readScenarioLink,
  readScenarioName,
  readSeed,
  type ScenarioLink,
  tellUnknownScenario,
} from './scenario-link';
import { registerServiceWorker } from './service-worker';
import { createAppStore } from './store';
import { takeOffice } from './tab-lock';
import type { App, AppState, EngineClient, ScenarioName } from './types';

type EngineWorkerApi = EngineApi & EngineLines;
const MODEL_WORKERS = ['sim', 'metric', 'log'] as const;

/** The composition root: starts the four workers, joins their lines, and gives the UI its one object. */
export function createApp(): App {
  const store = createAppStore();
  const rings = createRings();
  const notices = createNotices(store);
  const factListeners = new Map<() => void, ReadonlySet<FactTable>>();

  const setStatus = (name: WorkerName, status: WorkerStatus, why: string): void => {
    store.setState((state) => ({ workers: { ...state.workers, [name]: status } }));
    if (status === 'down') {
      notices.notify({
        kind: 'error',
        title: `The ${name} worker stopped`,
        detail: `${why}. Reload the page to start it again.`,
      });
    }
  };

  const tellProblem = (problem: LinkProblem | undefined): void => {
    if (problem !== undefined) notices.notify({ kind: 'error', ...problem });
  };
  const tellUnknown = async (name: ScenarioName): Promise<void> => {
    const shipped = await engine.scenarios();
    tellProblem(
      tellUnknownScenario(
        name,
        shipped.map(({ id }) => id),
      ),
    );
  };

  const workers = new Map<WorkerName, Supervised<object>>();
  let engineApi: (EngineClient & Called<EngineLines>) | undefined;

  /** Every method of the engine; functions among the arguments are called back across the boundary. */
  const engine = new Proxy({} as EngineClient & Called<EngineLines>, {
    get:
      (_, method: keyof EngineClient) =>
      (...args: unknown[]) => {
        if (engineApi === undefined) return Promise.reject(new Error('the engine is not running in this tab'));
        return (engineApi[method] as (...args: unknown[]) => Promise<unknown>)(...passArguments(args));
      },
  });

  const join = async (name: (typeof MODEL_WORKERS)[number], restarts: number): Promise<void> => {
    const port = await workers.get(name)?.endpoint();
    if (port !== undefined) await engine.connect(name, movePort(port), restarts);
  };

  const onRun = (run: RunView): void => {
    // The engine draws the whole fleet until it is told what to focus on.
    store.setState((state) => ({
      run,
      boot: { kind: 'ready' },
      focusedDevice: undefined,
      // What was urgent on another run's devices would seem to be said of this one's.
      notices:
        state.run?.info.runId === run.info.runId
          ? state.notices
          : state.notices.filter((notice) => notice.kind !== 'critical'),
    }));
    tellFacts(['alerts', 'decisions', 'injections', 'models', 'settings', 'catalog', 'runs', 'scenarios', 'templates']);
  };

  const tellFacts = (tables: readonly FactTable[]): void => {
    for (const [listener, wanted] of factListeners) if (tables.some((table) => wanted.has(table))) listener();
    if (tables.includes('alerts')) void announceCritical();
    if (tables.includes('catalog') || tables.includes('settings')) {
      engine.view().then((run) => store.setState({ run }), warnOf('the run could not be read'));
    }
  };

  const critical = createCriticalAlerts();
  const announceCritical = async (): Promise<void> => {
    try {
      const alerts = await engine.alerts(50);
      const { run, frame, file } = store.getState();
      // What a file holds is history, and its result says it all at once.
      const isLive = file === undefined && frame?.runKind === 'fleet' && frame.state.kind === 'running';
      for (const notice of critical.announce(alerts, { runId: run?.info.runId, isLive })) notices.notify(notice);
    } catch (cause) {
      console.warn('alerts could not be read', cause);
    }
  };

  const startRun = async (): Promise<void> => {
    try {
      // Not waited for yet: the engine opens storage and the fleet while the slowest of them still loads.
      const joined = Promise.all(MODEL_WORKERS.map((name) => join(name, 0)));
      joined.catch(() => undefined);
      await engine.subscribe(
        (frame: Frame) => {
          store.setState({ frame });
          rings.push(frame);
        },
        (tables) => tellFacts(tables),
      );
      const { params } = store.getState().route;
      const badSeed = findBadSeed(params);
      const scenario = badSeed === undefined ? readScenarioName(params) : undefined;
      const [started] = await Promise.all([
        engine.start({ now: Date.now(), seed: readSeed(params.seed), scenario }),
        joined,
      ]);
      if (badSeed !== undefined) tellProblem(badSeed);
      if (started.ok) onRun(started.value);
      else store.setState({ boot: { kind: 'failed', message: started.error.message } });
      if (started.ok && started.value.resumed && started.value.paused) notices.notify(STILL_PAUSED);
      if (scenario !== undefined && (await engine.findScenario(scenario)) === undefined) await tellUnknown(scenario);
    } catch (cause) {
      store.setState({ boot: { kind: 'failed', message: cause instanceof Error ? cause.message : String(cause) } });
    }
  };

  const startWorker = (name: (typeof MODEL_WORKERS)[number]): void => {
    const worker = supervise<object>({
      name,
      spawn: SPAWN[name],
      onStatus: (status, why) => {
        setStatus(name, status, why);
        if (status !== 'ok') engine.disconnect(name).catch(warnOf('the engine could not be told'));
      },
      onUp: (restarts) => {
        if (restarts > 0) join(name, restarts).catch(warnOf(`the ${name} worker could not be joined`));
      },
    });
    workers.set(name, worker);
  };

  const startOthers = (): void => {
    startWorker('sim');
    startWorker('metric');
    const worker = supervise<EngineWorkerApi>({
      name: 'engine',
      spawn: SPAWN.engine,
      onStatus: (status, why) => setStatus('engine', status, why),
      onUp: () => void startRun(),
    });
    workers.set('engine', worker);
    engineApi = worker.api;
  };

  const leaveOffice = takeOffice({
    onWait: () => store.setState({ boot: { kind: 'waiting' } }),
    onTurn: () => {
      store.setState({ boot: { kind: 'starting' } });
      // TensorFlow takes longest to load.
      startWorker('log');
      startOthers();
    },
  });

  const applyUpdate = registerServiceWorker(untilPast(STARTING, store), {
    onOfflineReady: () => store.setState({ offlineReady: true }),
    onUpdateReady: () => store.setState({ updateReady: true }),
  });
  const commands = createCommands({ store, engine, notices, onRun, applyUpdate });

  const onHashChange = (): void => {
    const before = store.getState().route;
    const route = parseHash(location.hash);
    store.setState({ route });
    const { run } = store.getState();
    if (route.params.seed !== before.params.seed) tellProblem(findBadSeed(route.params));
    const asked = readScenarioLink(before, route, run);
    const seed = readFleetLink(before, route, run);
    if (asked !== undefined) void playLinked(asked);
    else if (seed !== undefined) void commands.restart(seed);
  };
  const playLinked = async ({ seed, ...name }: ScenarioLink): Promise<void> => {
    try {
      const scenario = await engine.findScenario(name);
      if (scenario !== undefined) await commands.playScenario(scenario, seed);
      else await tellUnknown(name);
    } catch (cause) {
      warnOf('the scenarios could not be read')(cause);
    }
  };
  const onHide = (): void => {
    if (document.visibilityState === 'hidden')
      engine.flush().catch(warnOf('what is not yet saved could not be written'));
  };
  window.addEventListener('hashchange', onHashChange);
  document.addEventListener('visibilitychange', onHide);
  window.addEventListener('pagehide', onHide);

  return {
    store,
    rings,
    engine,
    commands,
    warmedUp: untilPast(WARMING_UP, store),
    onFacts: (tables, listener) => {
      const own = (): void => listener();
      factListeners.set(own, new Set(tables));
      return () => factListeners.delete(own);
    },
    dispose: () => {
      window.removeEventListener('hashchange', onHashChange);
      document.removeEventListener('visibilitychange', onHide);
      window.removeEventListener('pagehide', onHide);
      for (const worker of workers.values()) worker.dispose();
      leaveOffice();
    },
  };
}

/** A run that stands still as it did before a reload could be taken for a broken one. */
const STILL_PAUSED = {
  kind: 'info',
  title: 'Still paused, as you left it',
  detail: 'Nothing is scored until it goes on: the button beside the clock, or Space.',
} as const;

/** Longest wait for a start: a large fleet's takes minutes. */
const START_MS = 15_000;
type Phase = EngineState['kind'] | undefined;
const WARMING_UP: readonly Phase[] = [undefined, 'starting', 'warming-up'];
const STARTING: readonly Phase[] = [...WARMING_UP, 'training'];

/** Resolves once the engine is past these phases, or will not be soon. */
function untilPast(phases: readonly Phase[], store: StoreApi<AppState>): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      leave();
      clearTimeout(timer);
      resolve();
    };
    const leave = store.subscribe(({ boot, frame }) => {
      const idle = boot.kind === 'waiting' || boot.kind === 'failed';
      if (idle || !phases.includes(frame?.state.kind)) finish();
    });
    const timer = setTimeout(finish, START_MS);
  });
}

function warnOf(what: string): (cause: unknown) => void {
  return (cause) => console.warn(`${what}:`, cause);
}
