import type { RunId } from '../domain/ids';
import { err, type Result } from '../domain/result';
import type { Engine } from '../engine/engine';
import type { SimApi } from './api';
import type { ColumnMapping, OpenedFile } from './file-api';
import type { Called } from './line';

const PROGRESS_EVERY_MS = 100;

export type FileProgress = (phase: 'reading' | 'training' | 'scoring', progress: number) => void;

/** One file at a time: read, put in the fleet's place, trained on, scored to its end. */
export interface FileSession {
  /**
   * Settles when the file is scored to its end. Errors: `busy` while another is opened; `cancelled`, also when another run took its place;
   * what reading, training and loading say. Whatever the error, the fleet is open again.
   */
  open(
    file: File,
    mapping: ColumnMapping,
    models: 'train' | 'active',
    onProgress: FileProgress,
  ): Promise<Result<OpenedFile>>;
  cancel(): Promise<void>;
  /** Back to the fleet. */
  close(): Promise<Result<void>>;
  /** A turn of the loop is over: the file may be at its end. */
  look(): void;
}

export interface FileSessionDeps {
  readonly engine: Engine;
  readonly sim: Pick<Called<SimApi>, 'openFile' | 'useFile' | 'cancelOpen' | 'closeFile'>;
  readonly newRunId: () => RunId;
  /** Makes a call-back that can cross to another worker. */
  readonly callback: <F extends (...args: never[]) => void>(call: F) => F;
}

interface Opening {
  cancelled: boolean;
  look: () => void;
}

export function createFileSession({ engine, sim, newRunId, callback }: FileSessionDeps): FileSession {
  let opening: Opening | undefined;

  const close = (): Promise<Result<void>> =>
    engine.exclusive(async () => {
      await sim.closeFile();
      return engine.closeFile();
    });

  /** Reads and scores; the caller goes back to the fleet where this fails after the file took its place. */
  const run = async (
    own: Opening,
    ...[file, mapping, models, onProgress]: Parameters<FileSession['open']>
  ): Promise<Result<OpenedFile>> => {
    const cancelled = err('cancelled', `opening ${file.name} was cancelled`);
    const id = newRunId();
    const parsed = await sim.openFile(
      file,
      mapping,
      id,
      callback((progress: number) => onProgress('reading', progress)),
    );
    if (!parsed.ok) return parsed;
    if (own.cancelled) return cancelled;
    onProgress('training', 0);
    const begun = await engine.exclusive(async () => {
      const used = await sim.useFile(id);
      return used.ok ? engine.openFile(parsed.value.info, models) : used;
    });
    if (begun.ok) {
      await scoredOrLeft(engine, id, parsed.value.rows, own, onProgress);
      if (!isPresent(engine, id)) return err('cancelled', `${file.name} was left before it was scored to its end`);
      if (!own.cancelled) return parsed;
    }
    if (isPresent(engine, id) || !begun.ok) await close();
    return begun.ok ? cancelled : begun;
  };

  return {
    open: async (...args) => {
      if (opening !== undefined) return err('busy', 'another file is being opened: wait for it or cancel it first');
      const own: Opening = { cancelled: false, look: () => undefined };
      opening = own;
      try {
        return await run(own, ...args);
      } finally {
        opening = undefined;
      }
    },
    cancel: async () => {
      if (opening === undefined) return;
      opening.cancelled = true;
      opening.look();
      await Promise.all([sim.cancelOpen(), engine.detection.cancelTraining()]);
    },
    close,
    look: () => opening?.look(),
  };
}

function isPresent(engine: Engine, id: RunId): boolean {
  return engine.isOpen && engine.run.info.runId === id;
}

/** Settles when the file is scored to its end, cancelled, or no longer the present run. Tells how far it is meanwhile. */
function scoredOrLeft(engine: Engine, id: RunId, rows: number, own: Opening, onProgress: FileProgress): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => look(), PROGRESS_EVERY_MS);
    const look = (): void => {
      if (isPresent(engine, id) && !engine.run.finished && !own.cancelled) {
        const { counters, trained, stepsDone, info } = engine.run;
        const done = trained
          ? Math.max(counters.samples, counters.logLines) / Math.max(1, rows)
          : stepsDone / Math.max(1, info.warmUpSteps);
        onProgress(trained ? 'scoring' : 'training', Math.min(1, done));
        return;
      }
      clearInterval(timer);
      own.look = () => undefined;
      resolve();
    };
    own.look = look;
    look();
  });
}
