import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { cx } from './cx';
import { Field, type SelectFieldProps } from './fields';
import styles from './fields.module.css';
import { findOptions, moveAmong } from './find-options';
import { OptionList } from './OptionList';

/** One of a long list, found by typing: an editable combobox with a list (WAI-ARIA authoring practices). Same props as SelectField. */
export function ComboField<V extends string>(props: SelectFieldProps<V>) {
  const { label, help, compact } = props;
  if (compact === true) return <ComboBox {...props} name={label} />;
  return (
    <Field label={label} help={help}>
      {({ id, describedBy }) => <ComboBox {...props} id={id} describedBy={describedBy} />}
    </Field>
  );
}

interface ComboBoxProps<V extends string> extends SelectFieldProps<V> {
  /** Its name where no label element says it. */
  readonly name?: string;
  readonly id?: string;
  readonly describedBy?: string | undefined;
}

function ComboBox<V extends string>({
  label,
  name,
  id,
  describedBy,
  value,
  options,
  onChange,
  compact,
}: ComboBoxProps<V>) {
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  /** What is typed; undefined: the list is closed and the chosen one shows. While it is open the chosen one is the placeholder. */
  const [text, setText] = useState<string | undefined>(undefined);
  const [at, setAt] = useState(-1);
  const chosen = options.find((option) => option.value === value);
  const isOpen = text !== undefined;
  const found = isOpen ? findOptions(options, text) : [];
  const close = (): void => setText(undefined);
  const open = (): void => {
    if (isOpen) return;
    setText('');
    setAt(options.findIndex((option) => option.value === value));
  };
  const choose = (index: number): void => {
    const option = found[index];
    if (option === undefined) return;
    close();
    onChange(option.value);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const next = moveAmong(event.key, at, found.length);
    if (next !== undefined) {
      event.preventDefault();
      if (isOpen) setAt(next);
      else open();
    } else if (isOpen && event.key === 'Enter') {
      // Enter chooses here and must not send the form.
      event.preventDefault();
      choose(at);
    } else if (isOpen && event.key === 'Escape') {
      // Escape closes the list before it closes what the field stands in.
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };
  return (
    <>
      <input
        ref={input}
        id={id}
        type="text"
        role="combobox"
        className={cx(styles.input, styles.select, compact === true && styles.compact)}
        aria-label={name}
        aria-describedby={describedBy}
        aria-autocomplete="list"
        aria-expanded={isOpen && found.length > 0}
        aria-controls={listId}
        aria-activedescendant={isOpen && at >= 0 && at < found.length ? `${listId}-${at}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={isOpen ? (chosen?.label ?? label) : label}
        value={text ?? chosen?.label ?? ''}
        onClick={open}
        onBlur={close}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
      />
      {isOpen ? (
        <OptionList id={listId} label={label} anchor={input} options={found} at={at} value={value} onChoose={choose} />
      ) : null}
    </>
  );
}
