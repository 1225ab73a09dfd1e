import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from './Button';
import { cx } from './cx';
import styles from './dialog.module.css';

export interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons below the content. */
  readonly footer?: ReactNode;
  readonly wide?: boolean;
}

/**
 * A modal dialog on the browser's own `<dialog>`: it traps the focus, closes on Escape and gives the focus back. (Libraries that lock
 * scrolling insert a style element, which our content security policy refuses.)
 */
export function Dialog(props: DialogProps) {
  return <Sheet {...props} modal className={cx(props.wide && styles.wide)} />;
}

/** A panel at the right edge, beside the page and not over it: what happens on the page stays in sight and in reach. */
export function Drawer(props: Omit<DialogProps, 'wide'>) {
  return <Sheet {...props} modal={false} className={styles.drawer} />;
}

interface SheetProps extends DialogProps {
  readonly modal: boolean;
  readonly className: string;
}

function Sheet({ open, onClose, title, description, children, footer, modal, className }: SheetProps) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = element.current;
    if (dialog === null || !open) return;
    const opener = document.activeElement;
    if (modal) dialog.showModal();
    else dialog.show();
    return () => {
      dialog.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    };
  }, [open, modal]);
  useEffect(() => {
    if (modal || !open) return;
    // The browser sends `cancel` on Escape to modal dialogs only, and the focus may be anywhere: a pressed button that was disabled has lost it.
    const closeOnEscape = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented && document.querySelector('dialog:modal') === null)
        onClose();
    };
    document.addEventListener('keydown', closeOnEscape);
    return () => document.removeEventListener('keydown', closeOnEscape);
  }, [open, modal, onClose]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click is on the backdrop; Escape does the same by keyboard
    <dialog
      ref={element}
      className={cx(styles.dialog, className)}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (modal && event.target === event.currentTarget) onClose();
      }}
    >
      {open ? (
        <>
          <div className={styles.head}>
            <div className={styles.words}>
              <h2 className={styles.title} id={id}>
                {title}
              </h2>
              {description === undefined ? null : <div className={styles.description}>{description}</div>}
            </div>
            <IconButton label="Close" icon={<X aria-hidden="true" />} onClick={onClose} />
          </div>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, and a section would be one landmark too many */}
          <div
            className={styles.body}
            role="group"
            aria-labelledby={id}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
            tabIndex={0}
          >
            {children}
          </div>
          {footer === undefined ? null : <div className={styles.foot}>{footer}</div>}
        </>
      ) : null}
    </dialog>
  );
}
