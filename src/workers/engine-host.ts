import { type ProxyMarked, proxy, type releaseProxy } from 'comlink';
import { version as appVersion } from '../../package.json';
import type { FactTable, Frame } from '../domain/frame';
import { runId } from '../domain/ids';
import { Engine } from '../engine/engine';
import { openStore, type StoreHandle } from '../storage/store';
import type { LogApi, MetricApi, SimApi } from './api';
import { createFileSession, type FileSession } from './file-session';
import { Line } from './line';
import { moveBuffers } from './transfer';
import { runTurns } from './turns';

const FRAME_EVERY_MS = 100;

type Callback<A extends unknown[]> = ((...args: A) => void) & Partial<ProxyMarked> & { [releaseProxy]?: () => void };

/** What runs once storage is open. */
export interface Running {
  readonly engine: Engine;
  readonly store: StoreHandle;
  readonly files: FileSession;
}

/** The engine with its storage, its lines to the other workers and its turns: one in a worker. */
export interface EngineHost {
  readonly lines: { readonly sim: Line<SimApi>; readonly metric: Line<MetricApi>; readonly log: Line<LogApi> };
  /** Opens storage and makes the engine, once. */
  boot(): Promise<Running>;
  /** What runs, whether or not a run is open; undefined before `boot` is through. */
  running(): Running | undefined;
  /** Throws where no run is open. */
  opened(): Running;
  /** Frames (at most 10 a second) and change events go here from now on. */
  subscribe(onFrame: Callback<[Frame]>, onChange: Callback<[readonly FactTable[]]>): void;
  tellChange(tables: readonly FactTable[]): void;
}

export function createEngineHost(): EngineHost {
  const lines = { sim: new Line<SimApi>('sim'), metric: new Line<MetricApi>('metric'), log: new Line<LogApi>('log') };
  let sendFrame: Callback<[Frame]> | undefined;
  let sendChange: Callback<[readonly FactTable[]]> | undefined;
  let started: Promise<Running> | undefined;
  let running: Running | undefined;

  const publish = (engine: Engine): void => {
    const frame = engine.takeFrame();
    if (frame !== undefined) sendFrame?.(moveBuffers(frame));
  };

  async function begin(): Promise<Running> {
    const store = await openStore({ onTrouble: (message) => running?.engine.report(message) });
    const engine = new Engine({
      source: lines.sim.api,
      truth: lines.sim.api,
      metric: lines.metric.api,
      log: lines.log.api,
      store,
      wallClock: Date.now,
      newId: () => crypto.randomUUID().slice(0, 8),
      sha256,
      appVersion,
      onChange: (tables) => sendChange?.(tables),
    });
    const files = createFileSession({
      engine,
      sim: lines.sim.api,
      newRunId: () => runId(`file-${crypto.randomUUID().slice(0, 8)}`),
      callback: proxy,
    });
    running = { engine, store, files };
    void runTurns(engine, { look: () => files.look(), tell: () => publish(engine) });
    setInterval(() => publish(engine), FRAME_EVERY_MS);
    return running;
  }

  return {
    lines,
    boot: () => {
      started ??= begin();
      return started;
    },
    running: () => running,
    opened: () => {
      if (running === undefined || !running.engine.isOpen) throw new Error('the engine has not started yet');
      return running;
    },
    subscribe: (onFrame, onChange) => {
      sendFrame = onFrame;
      sendChange = onChange;
    },
    tellChange: (tables) => sendChange?.(tables),
  };
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
