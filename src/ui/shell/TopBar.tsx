import { Keyboard, SlidersHorizontal, Zap } from 'lucide-react';
import { Button, IconButton } from '../components/Button';
import { Badge } from '../components/badges';
import { cx } from '../components/cx';
import { Popover } from '../components/Popover';
import { useApp, useAppState } from '../hooks';
import {
  DataClock,
  PauseButton,
  SeedControl,
  SpeedControl,
  StepButton,
  ThemeButton,
  UndoButton,
  ZoneButton,
} from './controls';
import { Mark } from './Mark';
import styles from './shell.module.css';
import { describeStatus } from './status';

function StatusChip() {
  const words = useAppState((state) => describeStatus(state).words);
  const { store } = useApp();
  const { tone, shape } = describeStatus(store.getState());
  return (
    <output className={styles.status} aria-live="polite" aria-label="Status">
      <Badge tone={tone} shape={shape}>
        {words}
      </Badge>
    </output>
  );
}

/** What holds on every page: where the run is, its clock and controls, theme and zone, the injector. */
export function TopBar({ onHelp }: { readonly onHelp: () => void }) {
  const { commands } = useApp();
  const canInject = useAppState((state) => state.run?.info.kind === 'fleet');
  return (
    <header className={styles.topbar}>
      <Mark className={cx(styles.mark, styles.topMark)} />
      <StatusChip />
      <DataClock />
      <PauseButton />
      <StepButton />
      <span className={styles.wide}>
        <SpeedControl />
      </span>
      <span className={styles.wide}>
        <SeedControl />
      </span>
      <span className={styles.spacer} />
      <UndoButton />
      <span className={cx(styles.wide, styles.quiet)}>
        <ZoneButton />
        <ThemeButton />
        <IconButton label="Keyboard shortcuts (?)" icon={<Keyboard aria-hidden="true" />} onClick={onHelp} />
      </span>
      <span className={styles.more}>
        <Popover
          label="Controls"
          button={(props) => <IconButton {...props} label="Controls" icon={<SlidersHorizontal aria-hidden="true" />} />}
        >
          {(close) => (
            <div className={styles.panel}>
              <div className={styles.panelRow}>
                <span>Speed</span>
                <SpeedControl />
              </div>
              <div className={styles.panelRow}>
                <span>Fleet</span>
                <SeedControl />
              </div>
              <div className={styles.panelRow}>
                <span>Times and theme</span>
                <span className={styles.quiet}>
                  <ZoneButton />
                  <ThemeButton />
                </span>
              </div>
              <Button
                icon={<Keyboard aria-hidden="true" />}
                onClick={() => {
                  close();
                  onHelp();
                }}
              >
                Keyboard shortcuts
              </Button>
            </div>
          )}
        </Popover>
      </span>
      <Button
        variant="primary"
        icon={<Zap aria-hidden="true" />}
        aria-label="Inject fault"
        title={canInject ? 'Inject a fault (i)' : 'Faults can be injected into the simulated fleet only'}
        disabled={!canInject}
        onClick={() => commands.setInjectorOpen(true)}
      >
        <span className={styles.injectWord}>Inject fault</span>
      </Button>
    </header>
  );
}
