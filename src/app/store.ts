import { createStore, type StoreApi } from 'zustand/vanilla';
import { loadPreferences } from './preferences';
import { parseHash } from './route';
import type { AppState } from './types';

/** The page's view state. Facts live in the engine's storage, streams in the rings. */
export function createAppStore(): StoreApi<AppState> {
  return createStore<AppState>(() => ({
    boot: { kind: 'starting' },
    workers: { engine: 'ok', sim: 'ok', metric: 'ok', log: 'ok' },
    run: undefined,
    frame: undefined,
    route: parseHash(location.hash),
    preferences: loadPreferences(),
    notices: [],
    undoable: undefined,
    injectorOpen: false,
    focusedDevice: undefined,
    file: undefined,
    opened: undefined,
    dropped: undefined,
    droppedScenario: undefined,
    updateReady: false,
    offlineReady: false,
  }));
}
