import { Download, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { KeptScenario, OwnScenarios } from '../../../app/types';
import { Button } from '../../components/Button';
import { EmptyState } from '../../components/EmptyState';
import { Panel } from '../../components/Panel';
import { formatTime } from '../../format';
import { type Facts, useApp, useAppState } from '../../hooks';
import layout from '../layout.module.css';
import styles from './scenarios.module.css';
import { titleOf } from './title-of';

interface OwnPanelProps {
  readonly own: Facts<OwnScenarios>;
  /** Draws one. */
  readonly children: (kept: KeptScenario) => ReactNode;
}

/** A person's own scenarios; nothing before there is one. */
export function OwnPanel({ own, children }: OwnPanelProps) {
  const { kept = [], unreadable = [] } = own.data ?? {};
  if (own.data === undefined && own.status !== 'failed') return null;
  if (own.status !== 'failed' && kept.length + unreadable.length === 0) return null;
  return (
    <Panel title="Yours" subtitle="Imported or recorded, kept in this browser and in its backup">
      <div className={layout.section}>
        {own.status === 'failed' ? (
          <EmptyState kind="failed" title="Your scenarios could not be read" detail={own.error} />
        ) : null}
        {unreadable.map((record) => (
          <Unreadable key={record.key} record={record} />
        ))}
        {kept.length === 0 ? null : <div className={styles.cards}>{kept.map(children)}</div>}
      </div>
    </Panel>
  );
}

/** A stored scenario that this version cannot play: what is wrong with it, and what can be done. Nothing is done by itself. */
function Unreadable({ record }: { readonly record: OwnScenarios['unreadable'][number] }) {
  const { commands } = useApp();
  const zone = useAppState((state) => state.preferences.timeZone);
  const kept = formatTime(record.keptAt, zone, 'datetime');
  return (
    <section className={layout.bad} aria-label="A scenario that cannot be read">
      <div className={layout.section}>
        <p className={layout.strong}>
          {titleOf(record.text)} cannot be played by this version of the app. It stays stored until you delete it.
        </p>
        <ul className={styles.problems}>
          {record.why.split('\n').map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
        <p className={layout.note}>
          Kept on {kept}. Save its file, mend what is named above in a text editor, and import it again.
        </p>
        <div className={layout.buttons}>
          <Button
            icon={<Download aria-hidden="true" />}
            onClick={() => commands.save('unreadable.scenario.json', record.text)}
          >
            Save its file
          </Button>
          <Button
            variant="ghost"
            icon={<Trash2 aria-hidden="true" />}
            onClick={() => void commands.deleteUnreadable(record)}
          >
            Delete it
          </Button>
        </div>
      </div>
    </section>
  );
}
