import type { ReactNode } from 'react';
import type { KeptScenario, OwnScenarios } from '../../../app/types';
import { Button } from '../../components/Button';
import { EmptyState } from '../../components/EmptyState';
import { Panel } from '../../components/Panel';
import { type Facts, useApp } from '../../hooks';
import layout from '../layout.module.css';
import styles from './scenarios.module.css';

interface OwnPanelProps {
  readonly own: Facts<OwnScenarios>;
  /** Draws one. */
  readonly children: (kept: KeptScenario) => ReactNode;
}

/** A person's own scenarios; nothing before there is one. */
export function OwnPanel({ own, children }: OwnPanelProps) {
  const { engine } = useApp();
  const { kept = [], unreadable = [] } = own.data ?? {};
  if (own.data === undefined && own.status !== 'failed') return null;
  if (own.status !== 'failed' && kept.length + unreadable.length === 0) return null;
  return (
    <Panel title="Yours" subtitle="Imported or recorded, kept in this browser and in its backup">
      <div className={layout.section}>
        {own.status === 'failed' ? (
          <EmptyState kind="failed" title="Your scenarios could not be read" detail={own.error} />
        ) : null}
        {unreadable.map(({ key, why }) => (
          <div key={key} className={layout.bad}>
            <p className={layout.strong}>A stored scenario cannot be played by this version and is left out</p>
            <p>{why}</p>
            <div className={layout.buttons}>
              <Button onClick={() => void engine.deleteScenario(key)}>Delete it</Button>
            </div>
          </div>
        ))}
        {kept.length === 0 ? null : <div className={styles.cards}>{kept.map(children)}</div>}
      </div>
    </Panel>
  );
}
