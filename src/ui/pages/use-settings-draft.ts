import { useState } from 'react';
import type { Settings } from '../../domain/settings';
import { useApp } from '../hooks';

/**
 * Changes to the settings that are not applied yet. Only what was changed here is laid over the present settings, so that a change
 * from elsewhere meanwhile is not undone.
 */
export function useSettingsDraft(settings: Settings): {
  readonly draft: Settings;
  readonly changed: boolean;
  readonly busy: boolean;
  change(part: Partial<Settings>): void;
  reset(): void;
  apply(): void;
} {
  const { commands } = useApp();
  const [changes, setChanges] = useState<Partial<Settings>>({});
  const [busy, setBusy] = useState(false);
  const [draft, setDraft] = useState<Settings>(settings);
  const [base, setBase] = useState<Settings>(settings);
  if (base !== settings) {
    setBase(settings);
    setDraft({ ...settings, ...changes });
  }
  const keys = Object.keys(changes) as (keyof Settings)[];
  return {
    draft,
    busy,
    changed: keys.some((key) => changes[key] !== settings[key]),
    change: (part) => {
      setChanges((before) => ({ ...before, ...part }));
      setDraft((before) => ({ ...before, ...part }));
    },
    reset: () => {
      setChanges({});
      setDraft(settings);
    },
    apply: () => {
      setBusy(true);
      void commands.applySettings(draft).then((result) => {
        setBusy(false);
        if (result.ok) setChanges({});
      });
    },
  };
}
