import { Dialog } from '../components/Dialog';
import { Kbd } from '../components/Kbd';
import { PAGE_REGISTRY } from '../pages/registry';
import { SHORTCUTS } from './keys';
import styles from './shell.module.css';

/** Every shortcut on one sheet. */
export function ShortcutSheet({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const pages = PAGE_REGISTRY.map((page, i) => ({ keys: ['g', page.key, 'or', String(i + 1)], what: page.label }));
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard shortcuts" wide>
      <div className={styles.sheet}>
        {[...pages, ...SHORTCUTS].map(({ keys, what }) => (
          <div key={what} className={styles.sheetRow}>
            <span>{what}</span>
            <span className={styles.keys}>
              {keys.map((key) => (key === 'or' ? <span key={key}>or</span> : <Kbd key={key}>{key}</Kbd>))}
            </span>
          </div>
        ))}
      </div>
    </Dialog>
  );
}
