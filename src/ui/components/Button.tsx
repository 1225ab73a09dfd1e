import type { ComponentProps, ReactNode } from 'react';
import styles from './button.module.css';
import { cx } from './cx';

export type ButtonVariant = 'primary' | 'default' | 'ghost' | 'danger';

export interface ButtonProps extends ComponentProps<'button'> {
  readonly variant?: ButtonVariant;
  readonly icon?: ReactNode;
}

const VARIANTS: Readonly<Record<ButtonVariant, string | undefined>> = {
  primary: styles.primary,
  default: undefined,
  ghost: styles.ghost,
  danger: styles.danger,
};

/** A command with words. One that may become impossible while it has the focus takes `aria-disabled`: `disabled` would drop the focus. */
export function Button({ variant = 'default', icon, children, className, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} className={cx(styles.button, VARIANTS[variant], className)}>
      {icon}
      {children}
    </button>
  );
}

export interface LinkButtonProps extends ComponentProps<'a'> {
  readonly variant?: ButtonVariant;
  readonly icon?: ReactNode;
}

/** A link that looks like a button: for going somewhere, never for doing something. */
export function LinkButton({ variant = 'default', icon, children, className, ...rest }: LinkButtonProps) {
  return (
    <a {...rest} className={cx(styles.button, VARIANTS[variant], className)}>
      {icon}
      {children}
    </a>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** Name for everyone: tooltip and screen reader. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly variant?: ButtonVariant;
}

/** A command that is only an icon; its name shows on hover. */
export function IconButton({ label, icon, variant = 'ghost', className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      {...rest}
      className={cx(
        styles.button,
        styles.icon,
        VARIANTS[variant],
        rest['aria-pressed'] === true && styles.pressed,
        className,
      )}
    >
      {icon}
    </button>
  );
}
