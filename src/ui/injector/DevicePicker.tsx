import { useId, useState } from 'react';
import type { Device } from '../../domain/catalog';
import { TextField } from '../components/fields';
import { formatNumber } from '../format';
import styles from './injector.module.css';

/** So many are listed; a search brings the others. */
const SHOWN = 100;

interface DevicePickerProps {
  readonly devices: readonly Device[];
  readonly value: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
  readonly error: string | undefined;
}

/** Several devices by tick boxes, found by name, role or place. Chosen ones stay chosen when a search hides them. */
export function DevicePicker({ devices, value, onChange, error }: DevicePickerProps) {
  const [search, setSearch] = useState('');
  const note = useId();
  const chosen = new Set(value);
  const text = search.trim().toLowerCase();
  const found = devices.filter(({ name, role, city }) => `${name} ${role} ${city}`.toLowerCase().includes(text));
  const toggle = (id: string): void => onChange(chosen.has(id) ? value.filter((one) => one !== id) : [...value, id]);
  return (
    <fieldset className={styles.picker} aria-describedby={note}>
      <legend className={styles.legend}>Devices</legend>
      <TextField
        compact
        type="search"
        label="Search devices"
        placeholder="Search by name, role or city"
        value={search}
        onChange={setSearch}
        onKeyDown={(event) => {
          // Enter in a search must not inject, and Escape empties it before it closes the drawer.
          if (event.key === 'Enter' || (event.key === 'Escape' && search !== '')) event.preventDefault();
          if (event.key === 'Escape') setSearch('');
        }}
      />
      <div className={styles.devices}>
        {found.slice(0, SHOWN).map((device) => (
          <label key={device.id} className={styles.tick}>
            <input type="checkbox" checked={chosen.has(device.id)} onChange={() => toggle(device.id)} />
            <span className={styles.faultName}>{device.name}</span>
            <span className={styles.quiet}>{device.city}</span>
          </label>
        ))}
        {found.length === 0 ? <p className={styles.none}>No device matches “{search}”.</p> : null}
      </div>
      <p id={note} className={error === undefined ? styles.quiet : styles.error}>
        {error ?? `${formatNumber(chosen.size)} chosen`}
        {found.length > SHOWN ? `; ${SHOWN} of ${formatNumber(found.length)} are listed` : ''}
      </p>
    </fieldset>
  );
}
