import { CircleAlert, Inbox, LoaderCircle, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, LinkButton } from './Button';
import { cx } from './cx';
import styles from './empty-state.module.css';

export type EmptyAction =
  | { readonly label: string; readonly onClick: () => void }
  | { readonly label: string; readonly href: string };

export interface EmptyStateProps {
  readonly kind: 'empty' | 'loading' | 'no-match' | 'failed';
  readonly title: string;
  readonly detail?: string;
  readonly action?: EmptyAction;
}

const ICONS: Readonly<Record<EmptyStateProps['kind'], ReactNode>> = {
  empty: <Inbox aria-hidden="true" />,
  loading: <LoaderCircle aria-hidden="true" />,
  'no-match': <SearchX aria-hidden="true" />,
  failed: <CircleAlert aria-hidden="true" />,
};

/** What a list shows instead of rows: nothing yet, loading, no match or failed, with one named action. */
export function EmptyState({ kind, title, detail, action }: EmptyStateProps) {
  return (
    <div className={styles.empty} role={kind === 'failed' ? 'alert' : undefined}>
      <span className={cx(styles.icon, kind === 'failed' && styles.failed, kind === 'loading' && styles.spin)}>
        {ICONS[kind]}
      </span>
      <p className={styles.title}>{title}</p>
      {detail === undefined ? null : <p className={styles.detail}>{detail}</p>}
      {action === undefined ? null : (
        <div className={styles.action}>
          {'href' in action ? (
            <LinkButton href={action.href}>{action.label}</LinkButton>
          ) : (
            <Button onClick={action.onClick}>{action.label}</Button>
          )}
        </div>
      )}
    </div>
  );
}
