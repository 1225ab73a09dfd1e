import type { Preferences } from './types';

/** Shared with public/theme.js, which sets the theme before the first paint. */
const KEY = 'cloud-anomaly-dashboard:preferences';

/** Reads what is stored; anything unreadable gives the defaults. */
export function loadPreferences(): Preferences {
  const stored = readStored();
  const theme = stored.theme === 'dark' || stored.theme === 'light' ? stored.theme : 'system';
  const timeZone = stored.timeZone === 'utc' ? 'utc' : 'local';
  const firstSteps = stored.firstSteps === 'hidden' ? 'hidden' : 'shown';
  return { theme, timeZone, firstSteps };
}

/** Best effort: a browser that forbids storage keeps the preference for this visit only. */
export function savePreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch (cause) {
    console.warn('preferences are kept for this visit only', cause);
  }
}

function readStored(): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch (cause) {
    console.warn('stored preferences could not be read', cause);
    return {};
  }
}

/** Sets the theme on the page: data-theme is always `dark` or `light`. Gives the way to stop following the system. */
export function applyTheme(theme: Preferences['theme']): () => void {
  const media = window.matchMedia('(prefers-color-scheme: dark)');
  const set = (): void => {
    document.documentElement.dataset.theme = theme === 'system' ? (media.matches ? 'dark' : 'light') : theme;
  };
  set();
  media.addEventListener('change', set);
  return () => media.removeEventListener('change', set);
}
