import { type ReactNode, useId } from 'react';
import { cx } from './cx';
import styles from './panel.module.css';

export interface PanelProps {
  readonly title: string;
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
  readonly id?: string;
  /** No padding around the content, for tables. */
  readonly flush?: boolean;
  readonly className?: string;
}

/** A titled section of a page. */
export function Panel({ title, subtitle, actions, children, id, flush, className }: PanelProps) {
  const own = useId();
  const headingId = `${id ?? own}-title`;
  return (
    <section className={cx(styles.panel, className)} id={id} aria-labelledby={headingId}>
      <header className={styles.head}>
        <div className={styles.words}>
          <h2 className={styles.title} id={headingId}>
            {title}
          </h2>
          {subtitle === undefined ? null : <div className={styles.subtitle}>{subtitle}</div>}
        </div>
        {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
      </header>
      <div className={cx(styles.body, flush && styles.flush)}>{children}</div>
    </section>
  );
}
