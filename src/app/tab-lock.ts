/** All project pages of one GitHub user share an origin: the name carries our prefix. */
const LOCK = 'cloud-anomaly-dashboard:engine';

export interface OfficeHooks {
  /** Another tab runs the engine: this one waits. */
  readonly onWait: () => void;
  /** This tab's turn: at once, or when the other tab is closed. */
  readonly onTurn: () => void;
}

/**
 * One tab at a time runs the engine and writes to storage: two would mix their runs. Gives the way to leave. Where the browser knows
 * no locks every tab takes its turn at once.
 */
export function takeOffice(hooks: OfficeHooks): () => void {
  if (navigator.locks === undefined) {
    hooks.onTurn();
    return () => undefined;
  }
  let leave = (): void => undefined;
  const untilLeft = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const serve = (): Promise<void> => {
    hooks.onTurn();
    return untilLeft;
  };
  navigator.locks
    .request(LOCK, { ifAvailable: true }, (lock) => {
      if (lock !== null) return serve();
      hooks.onWait();
      // Not returned: this call's own lock is none, and waiting for the next one must not hold it.
      navigator.locks
        .request(LOCK, serve)
        .catch((cause: unknown) => console.warn('the lock between tabs failed:', cause));
      return undefined;
    })
    .catch((cause: unknown) => console.warn('the lock between tabs failed:', cause));
  return leave;
}
