import { err, ok, type Result } from '../domain/result';
import { DEFAULT_SETTINGS, parseSettings, type Settings } from '../domain/settings';
import type { StoreContext } from './context';

const KEY = 'settings';

/** Replaces the settings. Durable when it resolves. */
export async function putSettings(context: StoreContext, settings: Settings): Promise<void> {
  await context.backend.write(['settings'], 'strict', (tx) => tx.put('settings', [{ key: KEY, value: settings }]));
}

/** The stored settings, or the defaults when none were stored. Errors: `settings` naming the first wrong field. */
export async function readSettings(context: StoreContext): Promise<Result<Settings>> {
  const record = await context.backend.read(['settings'], (tx) => tx.get('settings', KEY));
  if (record === undefined) return ok(DEFAULT_SETTINGS);
  if (typeof record !== 'object' || record === null || !('value' in record)) {
    return err('settings', 'the stored settings have no value');
  }
  return parseSettings(record.value);
}
