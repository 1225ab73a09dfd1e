import { Field } from '../components/fields';
import { formatNumber } from '../format';
import styles from './injector.module.css';
import type { ReadJson } from './json-request';

interface JsonEditorProps {
  readonly text: string;
  readonly read: ReadJson;
  readonly onChange: (text: string) => void;
}

/** The same request as text, checked as it is typed. Tab leaves it, as it leaves any field. */
export function JsonEditor({ text, read, onChange }: JsonEditorProps) {
  const problems = read.kind === 'wrong' ? read.problems : [];
  return (
    <div className={styles.form}>
      <Field
        label="Request as JSON"
        help="fault, target, intensity and durationMs must be there; origin, onset, start and params need not."
      >
        {({ id, describedBy }) => (
          <textarea
            id={id}
            className={styles.editor}
            value={text}
            rows={22}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            wrap="off"
            aria-invalid={problems.length > 0 ? true : undefined}
            aria-describedby={describedBy}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      <section aria-label="Check of the request">
        <p role="status" className={problems.length > 0 ? styles.error : styles.right}>
          {problems.length === 0
            ? 'The request is right.'
            : `${formatNumber(problems.length)} ${problems.length === 1 ? 'thing is' : 'things are'} wrong:`}
        </p>
        {problems.length === 0 ? null : (
          <ul className={styles.problems}>
            {problems.map(({ path, message }) => (
              <li key={`${path} ${message}`}>{message}</li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
