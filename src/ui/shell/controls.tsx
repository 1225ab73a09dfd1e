import { Clock, Dices, Monitor, Moon, Pause, Play, StepForward, Sun, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { Preferences } from '../../app/types';
import { SETTING_SPECS } from '../../domain/settings';
import { SPEEDS } from '../../domain/speeds';
import { Button, IconButton } from '../components/Button';
import { NumberField } from '../components/fields';
import { Popover } from '../components/Popover';
import { formatTime } from '../format';
import { useApp, useAppState, useLive } from '../hooks';
import styles from './shell.module.css';
import { cycleTheme, stepOnce, togglePause, toggleZone } from './use-keys';

/** The data's clock. */
export function DataClock() {
  useLive(2);
  const { store } = useApp();
  const zone = useAppState((state) => state.preferences.timeZone);
  const isFile = useAppState((state) => state.run?.info.kind === 'file');
  const now = store.getState().frame?.now;
  return (
    <span className={styles.clock} title="The data's clock">
      {now === undefined ? '' : `${formatTime(now, zone, isFile ? 'datetime' : 'time')}${zone === 'utc' ? ' UTC' : ''}`}
    </span>
  );
}

export function PauseButton() {
  const app = useApp();
  const paused = useAppState((state) => state.frame?.state.kind === 'paused');
  const started = useAppState((state) => state.frame !== undefined && state.frame.state.kind !== 'finished');
  return (
    <IconButton
      label={paused ? 'Go on (Space)' : 'Pause (Space)'}
      variant="default"
      disabled={!started}
      icon={paused ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
      onClick={() => togglePause(app)}
    />
  );
}

/** Steps a paused run by one sample of each device. */
export function StepButton() {
  const app = useApp();
  const paused = useAppState((state) => state.frame?.state.kind === 'paused');
  if (!paused) return null;
  return (
    <IconButton
      label="One step (.)"
      variant="default"
      icon={<StepForward aria-hidden="true" />}
      onClick={() => stepOnce(app)}
    />
  );
}

export function SpeedControl() {
  const { commands } = useApp();
  const speed = useAppState((state) => state.frame?.speed ?? 1);
  return (
    <fieldset className={styles.segments}>
      <legend className="visually-hidden">Speed</legend>
      {SPEEDS.map((one) => (
        <button
          key={one}
          type="button"
          className={styles.segment}
          aria-pressed={one === speed}
          aria-label={`${one}x real time`}
          onClick={() => void commands.setSpeed(one)}
        >
          {one}x
        </button>
      ))}
    </fieldset>
  );
}

/** Takes back the latest thing that can be, also where its toast has gone. */
export function UndoButton() {
  const { commands } = useApp();
  const title = useAppState((state) => state.undoable);
  if (title === undefined) return null;
  return (
    <IconButton
      label={`Undo "${title}" (Ctrl-Z)`}
      icon={<Undo2 aria-hidden="true" />}
      onClick={() => commands.undoLast()}
    />
  );
}

const SEED_SPEC = SETTING_SPECS.find((spec) => spec.key === 'seed') ?? SETTING_SPECS[0];

function SeedForm({ onDone }: { readonly onDone: () => void }) {
  const { commands } = useApp();
  const seed = useAppState((state) => state.run?.settings.seed ?? SEED_SPEC.default);
  const [chosen, setChosen] = useState(seed);
  return (
    <form
      className={styles.panel}
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
        void commands.restart(chosen);
      }}
    >
      <NumberField spec={SEED_SPEC} value={chosen} onChange={setChosen} />
      <p className={styles.note}>The fleet starts anew. Stored alerts and decisions stay.</p>
      <div className={styles.panelActions}>
        <Button type="submit" variant="primary">
          Restart the fleet
        </Button>
      </div>
    </form>
  );
}

export function SeedControl() {
  const seed = useAppState((state) => state.run?.settings.seed);
  const isFleet = useAppState((state) => state.run?.info.kind !== 'file');
  if (!isFleet) return null;
  return (
    <Popover
      label="Seed of the fleet"
      button={(props) => (
        <Button {...props} variant="ghost" icon={<Dices aria-hidden="true" />} title="Seed of the simulated fleet">
          Seed {seed ?? '…'}
        </Button>
      )}
    >
      {(close) => <SeedForm key={seed} onDone={close} />}
    </Popover>
  );
}

const THEME_ICONS = { system: Monitor, dark: Moon, light: Sun } as const;
const THEME_WORDS: Readonly<Record<Preferences['theme'], string>> = { system: 'system', dark: 'dark', light: 'light' };

export function ThemeButton() {
  const app = useApp();
  const theme = useAppState((state) => state.preferences.theme);
  const Icon = THEME_ICONS[theme];
  return (
    <IconButton
      label={`Theme: ${THEME_WORDS[theme]} (t)`}
      icon={<Icon aria-hidden="true" />}
      onClick={() => cycleTheme(app)}
    />
  );
}

export function ZoneButton() {
  const app = useApp();
  const zone = useAppState((state) => state.preferences.timeZone);
  return (
    <Button
      variant="ghost"
      icon={<Clock aria-hidden="true" />}
      title="Times in UTC or in your own zone (u)"
      aria-label={zone === 'utc' ? 'UTC times' : 'Local times'}
      onClick={() => toggleZone(app)}
    >
      {zone === 'utc' ? 'UTC' : 'Local'}
    </Button>
  );
}
