import type { Engine } from '../engine/engine';
import { WorkerGone } from './line';

/** Wait after a failed turn, so that a lasting fault does not spin. */
const AFTER_FAULT_MS = 250;

/** What is done beside the engine's turns. */
export interface BetweenTurns {
  /** After each turn. */
  readonly look: () => void;
  /** The engine's state is of another kind than before the turn, such as that both models score: news that cannot wait. */
  readonly tell: () => void;
}

/** The loop: one turn after the other for as long as the worker lives. A turn that fails is reported, and tried again. */
export async function runTurns(engine: Engine, { look, tell }: BetweenTurns): Promise<never> {
  let told = engine.state().kind;
  for (;;) {
    let waitMs = AFTER_FAULT_MS;
    try {
      waitMs = await engine.exclusive(() => engine.advance());
      look();
      const { kind } = engine.state();
      if (kind !== told) tell();
      told = kind;
    } catch (cause) {
      engine.report(cause instanceof WorkerGone ? `${cause.message}; it is being restarted` : String(cause));
      if (!(cause instanceof WorkerGone)) console.error(cause);
    }
    await (waitMs > 0 ? new Promise((resolve) => setTimeout(resolve, waitMs)) : nextTask());
  }
}

const tasks = new MessageChannel();

/** Lets messages in between two turns. A timer of 0 ms would wait for 4 once it is nested (HTML standard, "timer initialization steps"). */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    tasks.port1.onmessage = () => resolve();
    tasks.port2.postMessage(undefined);
  });
}
