import { useEffect, useRef } from 'react';
import type { App } from '../../app/types';
import { SPEEDS } from '../../domain/speeds';
import { useApp } from '../hooks';
import { PAGE_REGISTRY } from '../pages/registry';
import { type KeyCommand, readKey } from './keys';

const PREFIX_MS = 2000;
const THEMES = ['system', 'dark', 'light'] as const;

/** Pauses or goes on, whichever is the other. */
export function togglePause(app: App): void {
  const paused = app.store.getState().frame?.state.kind === 'paused';
  void (paused ? app.commands.resume() : app.commands.pause());
}

/** The theme after the present one: system, dark, light and round again. */
export function cycleTheme(app: App): void {
  const at = THEMES.indexOf(app.store.getState().preferences.theme);
  app.commands.setPreferences({ theme: THEMES[(at + 1) % THEMES.length] });
}

export function toggleZone(app: App): void {
  const { timeZone } = app.store.getState().preferences;
  app.commands.setPreferences({ timeZone: timeZone === 'utc' ? 'local' : 'utc' });
}

/** One time step, where the run is paused. */
export function stepOnce(app: App): void {
  if (app.store.getState().frame?.state.kind === 'paused') void app.commands.step();
}

function changeSpeed(app: App, step: 1 | -1): void {
  const at = SPEEDS.indexOf(app.store.getState().frame?.speed ?? 1);
  const next = SPEEDS[at + step];
  if (at >= 0 && next !== undefined) void app.commands.setSpeed(next);
}

/** The page's keyboard. Not while text is typed or a modal dialog is open; Space stays with the control that has the focus. */
export function useKeys(onHelp: () => void): void {
  const app = useApp();
  const help = useRef(onHelp);
  help.current = onHelp;
  useEffect(() => {
    let prefixAt = Number.NEGATIVE_INFINITY;
    // The time of the press, not of its handling: a busy page must not lose the prefix.
    let pressedAt = 0;
    const actions: Readonly<Record<Exclude<KeyCommand['kind'], 'page'>, () => void>> = {
      pause: () => togglePause(app),
      injector: () => app.commands.setInjectorOpen(!app.store.getState().injectorOpen),
      theme: () => cycleTheme(app),
      zone: () => toggleZone(app),
      help: () => help.current(),
      undo: () => app.commands.undoLast(),
      slower: () => changeSpeed(app, -1),
      faster: () => changeSpeed(app, 1),
      step: () => stepOnce(app),
      prefix: () => {
        prefixAt = pressedAt;
      },
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat || isTyping(event.target)) return;
      if (document.querySelector('dialog:modal') !== null) return;
      if (event.key === ' ' && usesSpace(event.target)) return;
      const press = { key: event.key, ctrl: event.ctrlKey, meta: event.metaKey, alt: event.altKey };
      const command = readKey(press, event.timeStamp - prefixAt < PREFIX_MS, PAGE_REGISTRY);
      prefixAt = Number.NEGATIVE_INFINITY;
      pressedAt = event.timeStamp;
      if (command === undefined) return;
      event.preventDefault();
      if (command.kind === 'page') app.commands.navigate(command.page);
      else actions[command.kind]();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [app]);
}

const TEXT_TYPES = new Set([
  'text',
  'search',
  'number',
  'email',
  'url',
  'password',
  'tel',
  'date',
  'time',
  'datetime-local',
]);

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return TEXT_TYPES.has(target.type);
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('textarea, select'));
}

function usesSpace(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a, input, summary, [role="tab"], tr[tabindex]') !== null;
}
