import type { StoreApi } from 'zustand/vanilla';
import type { Decision } from '../domain/decisions';
import type { Injection } from '../domain/faults';
import type { DeviceId } from '../domain/ids';
import { err, type Result } from '../domain/result';
import type { Settings } from '../domain/settings';
import type { Notices } from './notices';
import { applyTheme, savePreferences } from './preferences';
import { formatHash } from './route';
import type { AppState, Commands, EngineClient, Route, RunView } from './types';

export interface CommandContext {
  readonly store: StoreApi<AppState>;
  readonly engine: EngineClient;
  readonly notices: Notices;
  /** A run was opened, closed or restarted. */
  readonly onRun: (run: RunView) => void;
  readonly applyUpdate: () => void;
}

/** Everything a person can do, each with its outcome told and undo where it can be undone. */
export function createCommands(context: CommandContext): Commands {
  const { store, engine, notices } = context;
  let stopTheme = applyTheme(store.getState().preferences.theme);

  /** Runs a call to the engine; a thrown error (a dead worker, a bug) becomes a result. */
  const call = async <T>(run: () => Promise<Result<T>>): Promise<Result<T>> =>
    run().catch((cause: unknown) => err('failed', cause instanceof Error ? cause.message : String(cause)));
  const tell = <T>(what: string, result: Result<T>): void => {
    if (!result.ok) notices.notify({ kind: 'error', title: `${what} failed`, detail: result.error.message });
  };
  /** Runs a call to the engine and tells when it failed. */
  const attempt = async <T>(what: string, run: () => Promise<Result<T>>): Promise<Result<T>> => {
    const result = await call(run);
    tell(what, result);
    return result;
  };
  const perform = async (what: string, run: () => Promise<void>): Promise<void> => {
    await attempt(what, async () => ({ ok: true, value: await run() }));
  };

  const decide = async (
    type: Decision['type'],
    ids: readonly DeviceId[],
    reason: string,
    isUndo: boolean,
  ): Promise<Result<readonly Decision[]>> => {
    const result = await attempt(type === 'quarantine' ? 'Quarantine' : 'Release', () =>
      type === 'quarantine' ? engine.quarantine(ids, reason) : engine.release(ids, reason),
    );
    if (!result.ok) return result;
    const names = tellNames(result.value.map((decision) => decision.deviceName));
    const opposite = type === 'quarantine' ? 'release' : 'quarantine';
    notices.notify({
      kind: 'success',
      title: type === 'quarantine' ? `Quarantined: ${names}` : `Released: ${names}`,
      detail: tellDecided(type, result.value.length),
      undo: isUndo ? undefined : () => void decide(opposite, ids, `undo: ${reason}`, true),
    });
    return result;
  };

  const applySettings = async (settings: Settings, isUndo: boolean): Promise<Result<Settings>> => {
    const before = store.getState().run?.settings;
    const result = await attempt('Settings', () => engine.setSettings(settings));
    if (!result.ok) return result;
    store.setState((state) => ({
      run: state.run === undefined ? undefined : { ...state.run, settings: result.value },
    }));
    notices.notify({
      kind: 'success',
      title: 'Settings applied',
      detail: '',
      undo: isUndo || before === undefined ? undefined : () => void applySettings(before, true),
    });
    return result;
  };

  return {
    ...notices,
    pause: () => perform('Pause', () => engine.pause()),
    resume: () => perform('Resume', () => engine.resume()),
    setSpeed: async (speed) => {
      await attempt('Speed', () => engine.setSpeed(speed));
    },
    step: () => perform('Step', () => engine.step()),
    restart: async (seed) => {
      const result = await attempt('Restart', () => engine.restart(seed));
      if (!result.ok) return;
      forgetLinkedFleet(store.getState().route);
      context.onRun(result.value);
    },
    playScenario: async (scenario, seed = scenario.seed) => {
      const result = await attempt('The scenario', () => engine.playScenario(scenario, seed));
      if (!result.ok) return result;
      context.onRun(result.value);
      notices.notify({ kind: 'info', title: `Playing: ${scenario.name}`, detail: `A new fleet with seed ${seed}.` });
      return result;
    },
    keepScenario: (scenario) => call(() => engine.keepScenario(scenario)),
    renameScenario: async (kept, name) => {
      const result = await call(() => engine.keepScenario({ ...kept.scenario, name }, kept));
      if (!result.ok) return result;
      notices.notify({
        kind: 'success',
        title: `Renamed: ${name}`,
        detail: `It was ${kept.scenario.name}.`,
        undo: () => void attempt('Renaming it back', () => engine.keepScenario(kept.scenario, kept)),
      });
      return result;
    },
    deleteScenario: (kept) =>
      perform('Deleting the scenario', async () => {
        await engine.deleteScenario(kept.key);
        notices.notify({
          kind: 'success',
          title: `Deleted: ${kept.scenario.name}`,
          detail: '',
          undo: () => void attempt('Bringing it back', () => engine.keepScenario(kept.scenario, kept)),
        });
      }),
    deleteUnreadable: ({ key, keptAt, text }) =>
      perform('Deleting the scenario', async () => {
        await engine.deleteScenario(key);
        notices.notify({
          kind: 'success',
          title: 'Deleted: a scenario that could not be read',
          detail: '',
          undo: () => void attempt('Bringing it back', () => engine.putBackScenario({ key, keptAt, text })),
        });
      }),
    focus: (device) => {
      store.setState({ focusedDevice: device });
      void perform('Focus', () => engine.focus(device));
    },
    inject: async (request) => {
      const result = await attempt('Injection', () => engine.inject(request));
      if (!result.ok) return result;
      const refused = result.value.find(({ status }) => status === 'refused');
      const started = result.value.filter(({ status }) => status !== 'refused');
      const [first] = started;
      if (first !== undefined)
        notices.notify({
          kind: 'success',
          title: `${first.faultLabel} on ${tellDevices(started)}`,
          detail: `from ${first.origin.city}`,
        });
      if (refused !== undefined)
        notices.notify({
          kind: 'error',
          title: `${refused.deviceName}: ${refused.note}`,
          detail: 'The gate refused the injection. Release the device first.',
          link: { href: '#/quarantine', label: 'Quarantine' },
        });
      return result;
    },
    stopInjection: async (idOrGroup) => {
      const result = await attempt('Stopping the injection', () => engine.stopInjection(idOrGroup));
      if (result.ok) tellStopped(notices, result.value);
    },
    stopAllInjections: async () => {
      const result = await attempt('Stopping all injections', () => engine.stopAllInjections());
      if (result.ok) tellStopped(notices, result.value);
    },
    quarantine: (ids, reason) => decide('quarantine', ids, reason, false),
    release: (ids, reason) => decide('release', ids, reason, false),
    acknowledge: (id, acknowledged) => attempt('Acknowledging', () => engine.acknowledge(id, acknowledged)),
    retrain: async (kind) => {
      const result = await attempt('Training', () => engine.retrain(kind));
      if (result.ok) {
        const { version, rows } = result.value;
        notices.notify({
          kind: 'success',
          title: `Trained: ${kind} model, version ${version}`,
          detail: `on ${rows} rows`,
        });
      }
      return result;
    },
    applySettings: (settings) => applySettings(settings, false),
    // The form that asked says what is wrong with the file: a toast would say it twice.
    previewFile: (file) => call(() => engine.previewFile(file)),
    openFile: async (file, mapping, models) => {
      const before = store.getState();
      store.setState({ file: { name: file.name, phase: 'reading', progress: 0 }, opened: undefined });
      const result = await call(() =>
        engine.openFile(file, mapping, models, (phase, progress) => {
          const now = store.getState().file;
          // Progress on its way when it was cancelled must not bring the bar back.
          if (now !== undefined && now.phase !== 'cancelling')
            store.setState({ file: { name: file.name, phase, progress } });
        }),
      );
      if (result.ok) {
        notices.notify({
          kind: 'success',
          title: `Scored: ${file.name}`,
          detail: `${result.value.rows.toLocaleString()} rows, to the end.`,
          link: { href: '#/data', label: 'Result' },
        });
      } else if (result.error.code !== 'cancelled') tell('Opening the file', result);
      else notices.notify({ kind: 'info', title: `Cancelled: ${file.name}`, detail: 'Nothing of it was kept.' });
      const view = await attempt('Reading the run', async () => ({ ok: true, value: await engine.view() }));
      const isSameRun = view.ok && view.value.info.runId === before.run?.info.runId;
      store.setState(({ dropped }) => ({
        file: undefined,
        opened: result.ok ? result.value : isSameRun ? before.opened : undefined,
        // Another file may have been dropped meanwhile: it waits for its turn.
        dropped: dropped === file ? undefined : dropped,
      }));
      if (view.ok) context.onRun(view.value);
      return result;
    },
    cancelFile: () => {
      const { file } = store.getState();
      if (file !== undefined) store.setState({ file: { ...file, phase: 'cancelling' } });
      return perform('Cancel', () => engine.cancelFile());
    },
    closeFile: async () => {
      const result = await attempt('Going back', () => engine.closeFile());
      if (result.ok) {
        store.setState({ opened: undefined });
        context.onRun(result.value);
      }
    },
    eraseEverything: () =>
      perform('Erasing', async () => {
        await engine.eraseEverything();
        forgetLinkedFleet(store.getState().route);
        context.onRun(await engine.view());
        notices.notify({ kind: 'success', title: 'Everything is erased', detail: 'A new fleet has started.' });
      }),
    save: saveDownload,
    navigate: (page, params = {}) => {
      location.hash = formatHash({ page, params });
    },
    setPreferences: (changed) => {
      const preferences = { ...store.getState().preferences, ...changed };
      store.setState({ preferences });
      savePreferences(preferences);
      stopTheme();
      stopTheme = applyTheme(preferences.theme);
    },
    setInjectorOpen: (open) => store.setState({ injectorOpen: open }),
    drop: (file) => store.setState({ dropped: file }),
    dropScenario: (file) => store.setState({ droppedScenario: file }),
    applyUpdate: context.applyUpdate,
  };
}

/** A link that asked for a seed or a scenario has been overtaken: a reload must not bring them back. */
function forgetLinkedFleet({ page, params }: Route): void {
  const { scenario, named: _, seed, ...rest } = params;
  if (scenario !== undefined || seed !== undefined) location.replace(formatHash({ page, params: rest }));
}

/** Starts a download; the address is given back once the browser has had a moment to read it. */
function saveDownload(name: string, content: Blob | string): void {
  const blob = typeof content === 'string' ? new Blob([content], { type: 'text/plain;charset=utf-8' }) : content;
  const url = URL.createObjectURL(blob);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

const MOST_NAMED = 3;

/** Up to three names; of more, how many. */
function tellNames(names: readonly string[]): string {
  return names.length <= MOST_NAMED ? names.join(', ') : `${names.length.toLocaleString()} devices`;
}

function tellDecided(type: Decision['type'], count: number): string {
  const [whose, them] = count === 1 ? ['Its', 'it is'] : ['Their', 'they are'];
  return type === 'quarantine' ? `${whose} data is refused until ${them} released.` : `${whose} data flows again.`;
}

function tellDevices(injections: readonly Injection[]): string {
  const names = [...new Set(injections.map(({ deviceName }) => deviceName))];
  return names.length === 1 ? (names[0] ?? '') : `${names.length} devices`;
}

function tellStopped(notices: Notices, stopped: readonly Injection[]): void {
  const labels = [...new Set(stopped.map(({ faultLabel }) => faultLabel))];
  notices.notify(
    stopped.length === 0
      ? { kind: 'info', title: 'Nothing was running', detail: '' }
      : { kind: 'info', title: `Stopped: ${labels.join(', ')}`, detail: tellDevices(stopped) },
  );
}
