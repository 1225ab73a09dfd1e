import { Field } from '../components/fields';
import fieldStyles from '../components/fields.module.css';

export interface DraftNumberProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly unit?: string;
  readonly help?: string;
  readonly error?: string | undefined;
  /** Only whole numbers are right: what the spinner steps by. */
  readonly whole?: boolean;
}

/** A number as it is typed, right or wrong: the form as a whole is checked, and what is wrong stands below. */
export function DraftNumber({ label, value, onChange, unit, help, error, whole }: DraftNumberProps) {
  return (
    <Field label={label} {...(help === undefined ? {} : { help })} {...(error === undefined ? {} : { error })}>
      {({ id, describedBy }) => (
        <span className={fieldStyles.control}>
          <input
            id={id}
            className={fieldStyles.input}
            type="number"
            inputMode="decimal"
            step={whole === true ? 1 : 'any'}
            value={value}
            aria-invalid={error === undefined ? undefined : true}
            aria-describedby={describedBy}
            onChange={(event) => onChange(event.target.value)}
          />
          {unit === undefined || unit === '' ? null : <span className={fieldStyles.unit}>{unit}</span>}
        </span>
      )}
    </Field>
  );
}
