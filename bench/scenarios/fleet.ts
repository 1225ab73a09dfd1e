import type { TelemetryChunk } from '../../src/domain/records';
import type { Scenario } from '../../src/domain/scenario';
import { DEFAULT_SETTINGS } from '../../src/domain/settings';
import { createBench, type TestBench } from '../../src/engine/testing';
import { openMemoryBackend } from '../../src/storage/memory-backend';
import { storeOver } from '../../src/storage/store';

/** Times real time. A turn of the loop takes a tenth of a second of the wall's time, which is told and not waited for: 60 steps a batch. */
const SPEED = 600;
const TURN_MS = 100;
/** Models are trained again after an hour of data: at full speed the app, which trains beside the scoring, comes to no more. */
const RETRAIN_EVERY_S = 3600;

/** The app's own engine over the simulated fleet, without a browser: everything but workers, disk and wall time. */
export interface BenchFleet {
  readonly bench: TestBench;
  /** Plays so many seconds of the data's time. Trainings are waited for, so that a run gives the same figures every time. */
  play(seconds: number): Promise<void>;
}

export interface FleetOptions {
  readonly seed: number;
  readonly devices: number;
  /** What the fleet plays; undefined: nothing, until something is injected. */
  readonly scenario?: Scenario;
  /** Gets every scored sample; they are not kept otherwise. */
  readonly onSamples?: (chunk: TelemetryChunk) => void;
}

/**
 * Opens a fleet and plays its history, up to the first live sample. Nobody is quarantined, only noted: what is refused could not be scored.
 * Throws where the fleet cannot be opened.
 */
export async function openFleet({ seed, devices, scenario, onSamples }: FleetOptions): Promise<BenchFleet> {
  const store = {
    ...storeOver(openMemoryBackend(), () => undefined),
    addTelemetry: async (chunk: TelemetryChunk) => onSamples?.(chunk),
    addLogs: async () => undefined,
    putRun: async () => undefined,
  };
  const bench = await createBench(store);
  const { engine } = bench;
  await engine.setSettings({
    ...DEFAULT_SETTINGS,
    seed,
    deviceCount: devices,
    ambientFaults: scenario?.ambientFaults ?? false,
    quarantine: 'simulate',
    retrainEvery: devices * RETRAIN_EVERY_S,
  });
  const started = await (scenario === undefined ? engine.start(undefined) : engine.openScenario({ ...scenario, seed }));
  if (!started.ok) throw new Error(started.error.message);
  const turn = async (): Promise<void> => {
    bench.elapse(Math.max(TURN_MS, await engine.advance()));
    while (engine.detection.isTraining) await new Promise((resolve) => setImmediate(resolve));
  };
  const playTo = async (step: number): Promise<void> => {
    while (engine.run.stepsDone < step) await turn();
  };
  const { warmUpSteps, backfillSteps, stepMs } = engine.run.info;
  await playTo(warmUpSteps + backfillSteps);
  engine.setSpeed(SPEED);
  return { bench, play: (seconds) => playTo(engine.run.stepsDone + Math.ceil((seconds * 1000) / stepMs)) };
}
