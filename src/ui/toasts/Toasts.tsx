import { CircleAlert, CircleCheck, Info, OctagonAlert, X } from 'lucide-react';
import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Notice } from '../../app/types';
import { Button, IconButton } from '../components/Button';
import { cx } from '../components/cx';
import { withLocalTimes } from '../format';
import { useApp, useAppState, useMedia } from '../hooks';
import { tellSeen } from '../pages/alerts/plain-words';
import { isSwipe, pickToasts, shownMs } from './queue';
import styles from './toasts.module.css';

const ICONS: Readonly<Record<Notice['kind'], ReactNode>> = {
  info: <Info aria-hidden="true" />,
  success: <CircleCheck aria-hidden="true" />,
  error: <CircleAlert aria-hidden="true" />,
  critical: <OctagonAlert aria-hidden="true" />,
};

/** Long enough for a screen reader to take note. */
const SAID_MS = 1500;

function Toast({ notice, isPhone }: { readonly notice: Notice; readonly isPhone: boolean }) {
  const { commands } = useApp();
  const zone = useAppState((state) => state.preferences.timeZone);
  const [held, setHeld] = useState(false);
  const [dx, setDx] = useState(0);
  const from = useRef<{ readonly x: number; readonly y: number }>(undefined);
  useEffect(() => {
    if (held) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // Counted from when it is on the screen: a page that is busy, or hidden, has not shown it yet.
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => commands.dismiss(notice.id), shownMs(notice, isPhone));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [held, commands, notice, isPhone]);
  const drop = (): void => {
    from.current = undefined;
    setDx(0);
    setHeld(false);
  };
  const detail = notice.alert === undefined ? notice.detail : tellSeen(notice.alert)[0];
  const urgent = notice.kind === 'critical' || notice.kind === 'error';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the handlers keep it in sight while it is read, or put it aside as its button does
    <div
      role={urgent ? 'alert' : 'status'}
      className={cx(styles.toast, styles[notice.kind])}
      style={
        dx === 0 ? undefined : { transform: `translateX(${dx}px)`, opacity: 1 - Math.min(0.7, Math.abs(dx) / 240) }
      }
      onPointerDown={(event) => {
        if (event.pointerType === 'mouse') return;
        from.current = { x: event.clientX, y: event.clientY };
        setHeld(true);
      }}
      onPointerMove={(event) => {
        if (from.current !== undefined) setDx(event.clientX - from.current.x);
        else if (isHandMove(event)) setHeld(true);
      }}
      onPointerUp={({ clientX, clientY }) => {
        const start = from.current;
        drop();
        if (start !== undefined && isSwipe(clientX - start.x, clientY - start.y)) commands.dismiss(notice.id);
      }}
      onPointerCancel={drop}
      onPointerLeave={drop}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={styles.icon}>{ICONS[notice.kind]}</span>
      <div className={styles.words}>
        <p className={styles.title}>{withLocalTimes(notice.title, zone)}</p>
        {detail === '' ? null : <p className={styles.detail}>{detail}</p>}
      </div>
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
      <IconButton
        className={styles.dismiss}
        label="Dismiss"
        icon={<X aria-hidden="true" />}
        onClick={() => commands.dismiss(notice.id)}
      />
    </div>
  );
}

/** A toast that appears under a resting pointer must not be held by it: only a pointer that moves reads. */
function isHandMove(event: PointerEvent): boolean {
  return event.pointerType === 'mouse' && (event.movementX !== 0 || event.movementY !== 0);
}

/** What just happened, at most three at once; on a phone one. */
export function Toasts() {
  const { commands } = useApp();
  const notices = useAppState((state) => state.notices);
  const isPhone = useMedia('(max-width: 640px)');
  // There each alert is a row as it comes: a toast would only lie on it. It is still said to whoever cannot see that.
  const isListed = useAppState(({ route }) => route.page === 'alerts');
  const shown = isListed ? notices.filter(({ kind }) => kind !== 'critical') : notices;
  const said = isListed ? notices.filter(({ kind }) => kind === 'critical').at(-1) : undefined;
  useEffect(() => {
    if (said === undefined) return;
    const timer = setTimeout(() => commands.dismiss(said.id), SAID_MS);
    return () => clearTimeout(timer);
  }, [said, commands]);
  return (
    <section className={styles.toasts} aria-label="Messages">
      <p role="alert" className="visually-hidden">
        {said?.title}
      </p>
      {pickToasts(shown, isPhone).map((notice) => (
        <Toast key={notice.id} notice={notice} isPhone={isPhone} />
      ))}
    </section>
  );
}
