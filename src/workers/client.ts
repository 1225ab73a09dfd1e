import { type Endpoint, proxy, transfer } from 'comlink';
import type { WorkerName } from './api';
import { type Called, Line } from './line';

export type { Called } from './line';

/** What every worker answers besides its own interface. */
interface Pinged {
  ping(): true;
}

export type WorkerStatus = 'ok' | 'restarting' | 'down';

export interface Supervised<T> {
  /** The worker's methods; while it is being restarted, and when it dies during a call, they reject with WorkerGone. */
  readonly api: Called<T>;
  /** A further line to the present worker, to be handed to another worker. */
  endpoint(): Promise<MessagePort>;
  dispose(): void;
}

export interface SuperviseOptions {
  readonly name: WorkerName;
  readonly spawn: () => Worker;
  /** A worker answers; `restarts` is 0 the first time. */
  readonly onUp: (restarts: number) => void;
  readonly onStatus: (status: WorkerStatus, why: string) => void;
}

const PING_EVERY_MS = 2500;
const PING_DEADLINE_MS = 5000;
const RESTART_DELAYS_MS = [500, 1000, 2000];
const MAX_RESTARTS_A_MINUTE = 3;

/**
 * Starts a worker, watches it, and restarts it after 0.5, 1 and 2 s, at most three times a minute; then it is `down`. Dead is a worker
 * that throws at top level, cannot be loaded, or leaves two pings in a row unanswered (one may be late because the machine slept).
 */
export function supervise<T extends object>(options: SuperviseOptions): Supervised<T> {
  const line = new Line<T & Pinged>(options.name);
  let worker: Worker | undefined;
  let restartsAt: number[] = [];
  let restarts = 0;
  let disposed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const stop = (): void => {
    clearTimeout(timer);
    line.disconnect();
    worker?.terminate();
    worker = undefined;
  };

  const fail = (why: string): void => {
    if (disposed) return;
    stop();
    const now = performance.now();
    restartsAt = restartsAt.filter((at) => now - at < 60_000);
    if (restartsAt.length >= MAX_RESTARTS_A_MINUTE) {
      options.onStatus('down', why);
      return;
    }
    options.onStatus('restarting', why);
    timer = setTimeout(start, RESTART_DELAYS_MS[restartsAt.length]);
    restartsAt.push(now);
    restarts++;
  };

  const watch = (missed: number): void => {
    timer = setTimeout(async () => {
      const asked = worker;
      const answered = await answersInTime(line.api);
      if (disposed || asked !== worker) return;
      if (answered) watch(0);
      else if (missed > 0) fail('it does not answer');
      else watch(missed + 1);
    }, PING_EVERY_MS);
  };

  const start = (): void => {
    const started = options.spawn();
    worker = started;
    started.addEventListener('error', (event) => {
      if (worker === started) fail(event.message || 'it could not be loaded');
    });
    started.addEventListener('messageerror', () => {
      if (worker === started) fail('a message could not be read');
    });
    line.connect(started as Endpoint);
    options.onStatus('ok', '');
    options.onUp(restarts);
    watch(0);
  };

  // Not at once: the caller wants to hold what this returns before the first worker is up.
  queueMicrotask(() => {
    if (!disposed) start();
  });
  return {
    api: line.api,
    endpoint: () => line.endpoint(),
    dispose: () => {
      disposed = true;
      stop();
    },
  };
}

async function answersInTime(api: Called<Pinged>): Promise<boolean> {
  const deadline = new Promise<false>((resolve) => {
    setTimeout(() => resolve(false), PING_DEADLINE_MS);
  });
  return Promise.race([api.ping().catch(() => false), deadline]);
}

/** Spelled out one by one: the bundler finds a worker only by this literal form. */
export const SPAWN: { readonly [K in WorkerName]: () => Worker } = {
  engine: () => new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'engine' }),
  sim: () => new Worker(new URL('./sim.worker.ts', import.meta.url), { type: 'module', name: 'sim' }),
  metric: () => new Worker(new URL('./metric.worker.ts', import.meta.url), { type: 'module', name: 'metric' }),
  log: () => new Worker(new URL('./log.worker.ts', import.meta.url), { type: 'module', name: 'log' }),
};

/** A port as an argument of a call: it moves to the worker. */
export function movePort(port: MessagePort): MessagePort {
  return transfer(port, [port]);
}

/** Arguments of a call: functions go as call-backs, everything else as it is. */
export function passArguments(args: readonly unknown[]): unknown[] {
  return args.map((arg) => (typeof arg === 'function' ? proxy(arg) : arg));
}
