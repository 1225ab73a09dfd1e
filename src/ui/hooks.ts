import { createContext, useCallback, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { App, AppState, Route } from '../app/types';
import type { Alert } from '../domain/alerts';
import type { FactTable } from '../domain/frame';
import { followFacts, subscribeLive } from './live';

export const AppContext = createContext<App | undefined>(undefined);

/** The one app object. Throws outside of its provider, which is a bug. */
export function useApp(): App {
  const app = useContext(AppContext);
  if (app === undefined) throw new Error('useApp needs an AppContext above it');
  return app;
}

/** One value of the app's state. `select` must give a primitive or a part of the state itself, never a new object. */
export function useAppState<T>(select: (state: AppState) => T): T {
  const { store } = useApp();
  return useSyncExternalStore(store.subscribe, () => select(store.getState()));
}

/** The page and its parameters, as in the URL hash. */
export function useRoute(): Route {
  return useAppState((state) => state.route);
}

export interface Facts<T> {
  readonly status: 'loading' | 'ready' | 'failed';
  /** The last answer; stays while it is asked for again. */
  readonly data?: T;
  readonly error?: string;
  reload(): void;
}

/**
 * Asks a query now and again whenever one of `tables` changed (changes are coalesced; a late answer to an outdated question is dropped).
 * `query` is asked anew when one of `deps` changes. It should not throw: a rejection becomes `failed` with its message.
 */
export function useFacts<T>(
  tables: readonly FactTable[],
  query: (app: App) => Promise<T>,
  deps: readonly unknown[] = [],
): Facts<T> {
  const app = useApp();
  const [facts, setFacts] = useState<Omit<Facts<T>, 'reload'>>({ status: 'loading' });
  const latest = useRef(query);
  latest.current = query;
  const again = useRef<() => void>(() => undefined);
  const key = tables.join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `deps` are the caller's; the query itself is read through a ref
  useEffect(() => {
    const following = followFacts({
      ask: () => latest.current(app),
      onData: (data: T) => setFacts({ status: 'ready', data }),
      // Before the engine has a run, a refusal only means "not yet": the change events at its start ask again.
      onError: (error) => {
        if (app.store.getState().run !== undefined) setFacts((before) => ({ ...before, status: 'failed', error }));
      },
    });
    again.current = following.ask;
    const stop = app.onFacts(tables, following.ask);
    return () => {
      stop();
      following.dispose();
    };
  }, [app, key, ...deps]);
  const reload = useCallback(() => again.current(), []);
  return { ...facts, reload };
}

/** The newest alerts of the present run, at most `limit`, newest first. */
export function useRunAlerts(limit: number): Facts<readonly Alert[]> {
  const runId = useAppState((state) => state.run?.info.runId);
  return useFacts(['alerts', 'runs'], (app) => app.engine.alerts(limit, runId), [runId, limit]);
}

/** Re-renders at most `fps` times a second while frames arrive, never while the document is hidden. Gives a counter. */
export function useLive(fps: number): number {
  const [count, setCount] = useState(0);
  const { rings } = useApp();
  useEffect(() => subscribeLive(rings, fps, () => setCount((n) => n + 1)), [rings, fps]);
  return count;
}

/** Calls `draw` at most `fps` times a second while frames arrive, without a re-render: for canvases and charts. */
export function useLiveCallback(fps: number, draw: () => void): void {
  const { rings } = useApp();
  const latest = useRef(draw);
  latest.current = draw;
  useEffect(() => subscribeLive(rings, fps, () => latest.current()), [rings, fps]);
}

/** Whether a media query holds now. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => window.matchMedia(query).matches,
    () => false,
  );
}

/** The theme that is shown, with `system` resolved. */
export function useTheme(): 'dark' | 'light' {
  const theme = useAppState((state) => state.preferences.theme);
  const dark = useMedia('(prefers-color-scheme: dark)');
  return theme === 'system' ? (dark ? 'dark' : 'light') : theme;
}
