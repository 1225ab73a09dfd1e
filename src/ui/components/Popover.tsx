import { type ReactNode, type ToggleEvent, useId, useRef, useState } from 'react';
import styles from './popover.module.css';

export interface PopoverProps {
  /** Draws the button; spread `props` on it. */
  readonly button: (props: { readonly popoverTarget: string; readonly 'aria-haspopup': 'dialog' }) => ReactNode;
  readonly label: string;
  readonly children: (close: () => void) => ReactNode;
}

const MARGIN = 8;

/** A small panel below its button on the browser's own popover: closes on Escape and on a click elsewhere. */
export function Popover({ button, label, children }: PopoverProps) {
  const id = useId();
  const element = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const place = (event: ToggleEvent<HTMLDivElement>): void => {
    if (event.newState !== 'open') return;
    const panel = event.currentTarget;
    const anchor = document.querySelector(`[popovertarget="${CSS.escape(id)}"]`)?.getBoundingClientRect();
    if (anchor === undefined) return;
    const left = Math.max(MARGIN, Math.min(anchor.left, window.innerWidth - panel.offsetWidth - MARGIN));
    panel.style.left = `${left}px`;
    panel.style.top = `${anchor.bottom + 6}px`;
  };
  return (
    <>
      {button({ popoverTarget: id, 'aria-haspopup': 'dialog' })}
      <div
        ref={element}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        className={styles.popover}
        onBeforeToggle={(event) => setOpen(event.newState === 'open')}
        onToggle={place}
      >
        {open ? children(() => element.current?.hidePopover()) : null}
      </div>
    </>
  );
}
