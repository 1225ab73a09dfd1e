import type { Alert } from '../domain/alerts';
import type { FactTable, Frame } from '../domain/frame';
import type { EngineApi, EngineLines, RunView, WorkerName } from '../workers/api';
import { movePort, passArguments, SPAWN, type Supervised, supervise, type WorkerStatus } from '../workers/client';
import { createCommands } from './commands';
import { createNotices, type Notices } from './notices';
import { createRings } from './rings';
import { parseHash } from './route';
import { registerServiceWorker } from './service-worker';
import { createAppStore } from './store';
import type { App, EngineClient } from './types';

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

  let engineWorker: Supervised<EngineWorkerApi> | undefined;
  const workers = new Map<WorkerName, Supervised<object>>();

  const join = async (name: (typeof MODEL_WORKERS)[number], restarts: number): Promise<void> => {
    const worker = workers.get(name);
    const remote = engineWorker?.remote();
    if (worker === undefined || remote === undefined) return;
    const port = await worker.endpoint();
    await remote.connect(name, movePort(port), restarts);
  };

  /** Calls `use` with the present engine worker; fails when it is being restarted. */
  const engine = new Proxy({} as EngineClient, {
    get:
      (_, method: string) =>
      (...args: unknown[]) => {
        const remote = engineWorker?.remote() as unknown as
          | Record<string, (...args: unknown[]) => Promise<unknown>>
          | undefined;
        if (remote === undefined) return Promise.reject(new Error('the engine is being restarted'));
        return remote[method](...passArguments(args));
      },
  });

  const onRun = (run: RunView): void => {
    store.setState({ run, boot: { kind: 'ready' } });
    tellFacts(['alerts', 'decisions', 'injections', 'models', 'settings', 'catalog', 'runs', 'templates']);
  };

  const tellFacts = (tables: readonly FactTable[]): void => {
    for (const [listener, wanted] of factListeners) if (tables.some((table) => wanted.has(table))) listener();
    if (tables.includes('alerts')) void critical.check();
    if (tables.includes('catalog') || tables.includes('settings')) {
      engine.view().then(
        (run) => store.setState({ run }),
        (cause: unknown) => console.warn('the run could not be read', cause),
      );
    }
  };

  const critical = announceCriticalAlerts(engine, notices);

  const startRun = async (): Promise<void> => {
    try {
      await Promise.all(MODEL_WORKERS.map((name) => join(name, 0)));
      await engine.subscribe(
        (frame: Frame) => {
          store.setState({ frame });
          rings.push(frame);
        },
        (tables) => tellFacts(tables),
      );
      const seed = Number(store.getState().route.params.seed ?? Number.NaN);
      const started = await engine.start({
        now: Date.now(),
        seed: Number.isSafeInteger(seed) && seed >= 0 ? seed : undefined,
      });
      if (started.ok) onRun(started.value);
      else store.setState({ boot: { kind: 'failed', message: started.error.message } });
    } catch (cause) {
      store.setState({ boot: { kind: 'failed', message: cause instanceof Error ? cause.message : String(cause) } });
    }
  };

  for (const name of MODEL_WORKERS) {
    workers.set(
      name,
      supervise<object>({
        name,
        spawn: SPAWN[name],
        onStatus: (status, why) => {
          setStatus(name, status, why);
          if (status !== 'ok') void engineWorker?.remote()?.disconnect(name);
        },
        onUp: (_, restarts) => {
          if (restarts > 0) void join(name, restarts);
        },
      }),
    );
  }
  engineWorker = supervise<EngineWorkerApi>({
    name: 'engine',
    spawn: SPAWN.engine,
    onStatus: (status, why) => setStatus('engine', status, why),
    // `engineWorker` is set once supervise has returned; a later restart finds it set already.
    onUp: () => queueMicrotask(() => void startRun()),
  });

  const applyUpdate = registerServiceWorker({
    onOfflineReady: () => store.setState({ offlineReady: true }),
    onUpdateReady: () => store.setState({ updateReady: true }),
  });
  const commands = createCommands({ store, engine, notices, onRun, applyUpdate });

  const onHashChange = (): void => store.setState({ route: parseHash(location.hash) });
  const onHide = (): void => {
    if (document.visibilityState === 'hidden')
      engine.flush().catch((cause: unknown) => console.warn('flush failed', cause));
  };
  window.addEventListener('hashchange', onHashChange);
  document.addEventListener('visibilitychange', onHide);
  window.addEventListener('pagehide', onHide);

  return {
    store,
    rings,
    engine,
    commands,
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
      engineWorker?.dispose();
    },
  };
}

/** A toast for each critical alert that is new since the page was opened; at the first look everything counts as seen. */
function announceCriticalAlerts(engine: EngineClient, notices: Notices): { check(): Promise<void> } {
  let seen: Set<string> | undefined;
  const isNews = (alert: Alert): boolean =>
    alert.severity === 'critical' && alert.state === 'ongoing' && !seen?.has(alert.id);
  return {
    check: async () => {
      try {
        const alerts = await engine.alerts(50);
        if (seen !== undefined) {
          for (const alert of alerts.filter(isNews)) {
            notices.notify({
              kind: 'critical',
              title: `Critical on ${alert.deviceName}`,
              detail: alert.reason,
              link: { href: `#/alerts?id=${encodeURIComponent(alert.id)}`, label: 'Show' },
            });
          }
        }
        seen = new Set([
          ...(seen ?? []),
          ...alerts.filter((alert) => alert.severity === 'critical').map((alert) => alert.id as string),
        ]);
      } catch (cause) {
        console.warn('alerts could not be read', cause);
      }
    },
  };
}
