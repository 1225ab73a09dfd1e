import type { ColumnMapping } from '../../../app/types';
import { SelectField } from '../../components/fields';
import layout from '../layout.module.css';
import styles from './data.module.css';
import { assignRole, type ColumnRole, roleOf } from './mapping';

const ROLES: readonly { readonly value: ColumnRole; readonly label: string }[] = [
  { value: 'metric', label: 'Metric' },
  { value: 'time', label: 'Time' },
  { value: 'device', label: 'Device' },
  { value: 'label', label: 'Label' },
  { value: 'ignore', label: 'Ignore' },
];

interface MappingFormProps {
  readonly columns: readonly string[];
  readonly mapping: ColumnMapping;
  readonly onChange: (mapping: ColumnMapping) => void;
}

/** Which column means what: one role for each. */
export function MappingForm({ columns, mapping, onChange }: MappingFormProps) {
  return (
    <section className={layout.section} aria-label="Meaning of the columns">
      <h3 className={layout.heading}>What the columns mean</h3>
      <div className={styles.roles}>
        {columns.map((column) => (
          <SelectField
            key={column}
            label={column === '' ? '(no name)' : column}
            value={roleOf(column, mapping)}
            options={ROLES}
            onChange={(role) => onChange(assignRole(columns, mapping, column, role))}
          />
        ))}
      </div>
      <p className={layout.note}>
        {mapping.label === undefined ? '' : 'The label is used for evaluation only; no model ever sees it. '}
        {mapping.time === undefined ? 'Without a time column, rows are taken in their order.' : ''}
      </p>
    </section>
  );
}
