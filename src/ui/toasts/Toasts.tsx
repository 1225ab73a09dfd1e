import { CircleAlert, CircleCheck, Info, OctagonAlert, X } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { Notice } from '../../app/types';
import { Button, IconButton } from '../components/Button';
import { cx } from '../components/cx';
import { useApp, useAppState } from '../hooks';
import { pickToasts } from './queue';
import styles from './toasts.module.css';

const SHOWN_MS = 10_000;

const ICONS: Readonly<Record<Notice['kind'], ReactNode>> = {
  info: <Info aria-hidden="true" />,
  success: <CircleCheck aria-hidden="true" />,
  error: <CircleAlert aria-hidden="true" />,
  critical: <OctagonAlert aria-hidden="true" />,
};

function Toast({ notice }: { readonly notice: Notice }) {
  const { commands } = useApp();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => commands.dismiss(notice.id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, commands, notice.id]);
  const urgent = notice.kind === 'critical' || notice.kind === 'error';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the handlers only keep it in sight while it is read
    <div
      role={urgent ? 'alert' : 'status'}
      className={cx(styles.toast, styles[notice.kind])}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={styles.icon}>{ICONS[notice.kind]}</span>
      <div className={styles.words}>
        <p className={styles.title}>{notice.title}</p>
        {notice.detail === '' ? null : <p className={styles.detail}>{notice.detail}</p>}
        {notice.undo === undefined && notice.link === undefined ? null : (
          <div className={styles.actions}>
            {notice.link === undefined ? null : (
              <a href={notice.link.href} onClick={() => commands.dismiss(notice.id)}>
                {notice.link.label}
              </a>
            )}
            {notice.undo === undefined ? null : <Button onClick={notice.undo}>Undo</Button>}
          </div>
        )}
      </div>
      <IconButton label="Dismiss" icon={<X aria-hidden="true" />} onClick={() => commands.dismiss(notice.id)} />
    </div>
  );
}

/** What just happened, at most three at once. */
export function Toasts() {
  const notices = useAppState((state) => state.notices);
  return (
    <section className={styles.toasts} aria-label="Messages">
      {pickToasts(notices).map((notice) => (
        <Toast key={notice.id} notice={notice} />
      ))}
    </section>
  );
}
