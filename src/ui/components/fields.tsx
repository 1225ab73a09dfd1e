import { type ComponentProps, type ReactNode, useEffect, useId, useState } from 'react';
import { checkParam, type ParamSpec } from '../../domain/params';
import { formatNumber } from '../format';
import { cx } from './cx';
import styles from './fields.module.css';

export interface FieldProps {
  readonly label: string;
  readonly help?: string;
  readonly error?: string;
  /** Draws the control; `id` and `describedBy` connect it to its words. */
  readonly children: (ids: { readonly id: string; readonly describedBy: string | undefined }) => ReactNode;
}

/** A labelled control with help or error below. */
export function Field({ label, help, error, children }: FieldProps) {
  const id = useId();
  const note = error ?? help;
  const noteId = `${id}-note`;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {children({ id, describedBy: note === undefined || note === '' ? undefined : noteId })}
      {note === undefined || note === '' ? null : (
        <p id={noteId} className={error === undefined ? styles.help : styles.error}>
          {note}
        </p>
      )}
    </div>
  );
}

export interface NumberFieldProps {
  readonly spec: ParamSpec;
  readonly value: number;
  /** Called with valid numbers only. */
  readonly onChange: (value: number) => void;
}

/** A number as its ParamSpec describes it. What is out of range is said below and not handed on. */
export function NumberField({ spec, value, onChange }: NumberFieldProps) {
  const [text, setText] = useState(String(value));
  useEffect(() => setText((now) => (Number(now) === value && now !== '' ? now : String(value))), [value]);
  const checked = checkParam(spec, text.trim() === '' ? undefined : Number(text), spec.label);
  return (
    <Field label={spec.label} help={spec.help} error={checked.ok ? undefined : checked.error.message}>
      {({ id, describedBy }) => (
        <span className={styles.control}>
          <input
            id={id}
            className={styles.input}
            type="number"
            inputMode="decimal"
            min={spec.min}
            max={spec.max}
            step={spec.step === 1 ? 1 : 'any'}
            value={text}
            aria-invalid={checked.ok ? undefined : true}
            aria-describedby={describedBy}
            onChange={(event) => {
              setText(event.target.value);
              const next = checkParam(spec, event.target.value.trim() === '' ? undefined : Number(event.target.value));
              if (next.ok && next.value !== value) onChange(next.value);
            }}
          />
          {spec.unit === '' ? null : <span className={styles.unit}>{spec.unit}</span>}
        </span>
      )}
    </Field>
  );
}

export interface RangeFieldProps extends NumberFieldProps {
  /** The value in words; default: number and unit. */
  readonly format?: (value: number) => string;
}

/** A number on a slider, its value beside it. */
export function RangeField({ spec, value, onChange, format }: RangeFieldProps) {
  const words = format?.(value) ?? `${formatNumber(value, 2)} ${spec.unit}`.trim();
  return (
    <Field label={spec.label} help={spec.help}>
      {({ id, describedBy }) => (
        <span className={styles.control}>
          <input
            id={id}
            className={styles.range}
            type="range"
            min={spec.min}
            max={spec.max}
            step={spec.step}
            value={value}
            aria-valuetext={words}
            aria-describedby={describedBy}
            onChange={(event) => onChange(Number(event.target.value))}
          />
          <output className={styles.value} htmlFor={id}>
            {words}
          </output>
        </span>
      )}
    </Field>
  );
}

export interface Option<V extends string> {
  readonly value: V;
  readonly label: string;
}

export interface SelectFieldProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly Option<V>[];
  readonly onChange: (value: V) => void;
  readonly help?: string;
  /** Label for screen readers only, smaller control: for toolbars. */
  readonly compact?: boolean;
}

/** One of a list. The browser's own select: it works everywhere and with every aid. */
export function SelectField<V extends string>({ label, value, options, onChange, help, compact }: SelectFieldProps<V>) {
  const pick = (text: string): void => {
    const chosen = options.find((option) => option.value === text);
    if (chosen !== undefined) onChange(chosen.value);
  };
  const items = options.map((option) => (
    <option key={option.value} value={option.value}>
      {option.label}
    </option>
  ));
  if (compact === true) {
    return (
      <select
        className={cx(styles.input, styles.select, styles.compact)}
        aria-label={label}
        value={value}
        onChange={(event) => pick(event.target.value)}
      >
        {items}
      </select>
    );
  }
  return (
    <Field label={label} help={help}>
      {({ id, describedBy }) => (
        <select
          id={id}
          className={cx(styles.input, styles.select)}
          aria-describedby={describedBy}
          value={value}
          onChange={(event) => pick(event.target.value)}
        >
          {items}
        </select>
      )}
    </Field>
  );
}

export interface SwitchFieldProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly help?: string;
  readonly disabled?: boolean;
}

/** On or off, at once. */
export function SwitchField({ label, checked, onChange, help, disabled }: SwitchFieldProps) {
  const id = useId();
  return (
    <div className={styles.switchRow}>
      <span>
        <span id={id}>{label}</span>
        {help === undefined ? null : <p className={styles.help}>{help}</p>}
      </span>
      <button
        type="button"
        role="switch"
        className={styles.switch}
        aria-checked={checked}
        aria-labelledby={id}
        disabled={disabled}
        onClick={() => onChange(!checked)}
      />
    </div>
  );
}

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange'> {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly help?: string;
  readonly error?: string;
  /** Label for screen readers only, smaller control: for toolbars. */
  readonly compact?: boolean;
}

/** A line of text. */
export function TextField({ label, value, onChange, help, error, compact, ...rest }: TextFieldProps) {
  if (compact === true) {
    return (
      <input
        type="text"
        placeholder={label}
        {...rest}
        className={cx(styles.input, styles.compact)}
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  return (
    <Field label={label} help={help} error={error}>
      {({ id, describedBy }) => (
        <input
          type="text"
          {...rest}
          id={id}
          className={styles.input}
          value={value}
          aria-invalid={error === undefined ? undefined : true}
          aria-describedby={describedBy}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
