import { type FormEvent, Fragment, type ReactNode, useState } from 'react';
import { Button } from '../components/Button';
import layout from './layout.module.css';

interface SettingsFormProps {
  readonly changed: boolean;
  readonly busy: boolean;
  readonly onApply: () => void;
  readonly onDiscard: () => void;
  readonly children: ReactNode;
}

/** Settings that are applied together. While a field is wrong nothing is applied, and the focus goes to that field. */
export function SettingsForm({ changed, busy, onApply, onDiscard, children }: SettingsFormProps) {
  /** Fields keep what was typed, wrong as it is: to discard that they are made anew. */
  const [turn, setTurn] = useState(0);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const wrong = event.currentTarget.querySelector('[aria-invalid="true"]');
    if (wrong instanceof HTMLElement) wrong.focus();
    else if (changed && !busy) onApply();
  };
  const discard = (): void => {
    onDiscard();
    setTurn((before) => before + 1);
  };
  return (
    <form className={layout.form} noValidate onSubmit={submit}>
      <Fragment key={turn}>{children}</Fragment>
      <div className={layout.buttons}>
        <Button type="submit" variant="primary" aria-disabled={!changed || busy}>
          Apply
        </Button>
        <Button aria-disabled={busy} onClick={discard}>
          Discard
        </Button>
      </div>
    </form>
  );
}
