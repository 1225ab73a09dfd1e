import { CircleAlert, CircleCheck, Info, OctagonAlert, X } from 'lucide-react';
import { type PointerEvent, type ReactNode, useEffect, useState } from 'react';
import type { Notice } from '../../app/types';
import { Button, IconButton } from '../components/Button';
import { cx } from '../components/cx';
import { withLocalTimes } from '../format';
import { useApp, useAppState } from '../hooks';
import { pickToasts, shownMs } from './queue';
import styles from './toasts.module.css';

const ICONS: Readonly<Record<Notice['kind'], ReactNode>> = {
  info: <Info aria-hidden="true" />,
  success: <CircleCheck aria-hidden="true" />,
  error: <CircleAlert aria-hidden="true" />,
  critical: <OctagonAlert aria-hidden="true" />,
};

function Toast({ notice }: { readonly notice: Notice }) {
  const { commands } = useApp();
  const zone = useAppState((state) => state.preferences.timeZone);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => commands.dismiss(notice.id), shownMs(notice));
    return () => clearTimeout(timer);
  }, [held, commands, notice]);
  const urgent = notice.kind === 'critical' || notice.kind === 'error';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the handlers only keep it in sight while it is read
    <div
      role={urgent ? 'alert' : 'status'}
      className={cx(styles.toast, styles[notice.kind])}
      onPointerMove={(event) => {
        if (isHandMove(event)) setHeld(true);
      }}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={styles.icon}>{ICONS[notice.kind]}</span>
      <div className={styles.words}>
        <p className={styles.title}>{withLocalTimes(notice.title, zone)}</p>
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

/** A toast that appears under a resting pointer must not be held by it: only a pointer that moves reads. */
function isHandMove(event: PointerEvent): boolean {
  return event.pointerType === 'mouse' && (event.movementX !== 0 || event.movementY !== 0);
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
