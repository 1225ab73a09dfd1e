import type { DeviceState } from '../../domain/frame';
import type { MapColors } from './types';

/** Token of tokens.css for each device state. The badges use the same ones. */
export const STATE_TOKENS: Readonly<Record<DeviceState, string>> = {
  ok: '--ok',
  warning: '--sev-warning',
  alert: '--sev-critical',
  quarantined: '--quarantine',
  silent: '--silent',
};

/** The map's colours as they hold for `element` in the present theme. A token that is missing becomes grey. */
export function readMapColors(element: Element): MapColors {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim() || '#808890';
  return {
    ocean: read('--map-ocean'),
    land: read('--map-land'),
    border: read('--map-border'),
    grid: read('--map-grid'),
    glow: read('--map-glow'),
    arc: read('--map-arc'),
    surface: read('--surface'),
    states: {
      ok: read(STATE_TOKENS.ok),
      warning: read(STATE_TOKENS.warning),
      alert: read(STATE_TOKENS.alert),
      quarantined: read(STATE_TOKENS.quarantined),
      silent: read(STATE_TOKENS.silent),
    },
  };
}
