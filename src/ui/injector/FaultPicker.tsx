import { Bug, Cpu, HardDrive, type LucideIcon, MemoryStick, Network, Skull, TimerReset } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { FaultSpec } from '../../domain/faults';
import { SeverityBadge } from '../components/badges';
import { TextField } from '../components/fields';
import { groupFaults, searchFaults } from './fault-groups';
import styles from './injector.module.css';

const ICONS: Readonly<Record<string, LucideIcon>> = {
  Attack: Skull,
  'Load and memory': MemoryStick,
  Disk: HardDrive,
  Network,
  Software: Bug,
  Measurement: TimerReset,
};

export interface FaultPickerProps {
  readonly faults: readonly FaultSpec[];
  readonly value: string;
  readonly onChange: (fault: FaultSpec) => void;
}

/** The faults under their headings in a list of fixed height (radio buttons), and what the chosen one is and does. */
export function FaultPicker({ faults, value, onChange }: FaultPickerProps) {
  const [search, setSearch] = useState('');
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The drawer is shown by an effect of its own, after this one: before that nothing has a place.
    const later = requestAnimationFrame(() => {
      // Not scrollIntoView: that would move the drawer, too.
      const row = list.current?.querySelector('input:checked')?.closest('label');
      if (list.current !== null && row instanceof HTMLElement)
        list.current.scrollTop = row.offsetTop - list.current.clientHeight / 2;
    });
    return () => cancelAnimationFrame(later);
  }, []);
  const found = searchFaults(faults, search);
  const chosen = faults.find(({ id }) => id === value);
  return (
    <fieldset className={styles.picker}>
      <legend className={styles.legend}>Fault</legend>
      <TextField
        compact
        type="search"
        label="Search faults"
        placeholder={`Search ${faults.length} faults, e.g. disk or status 500`}
        value={search}
        onChange={setSearch}
        onKeyDown={(event) => {
          // Enter in a search must not inject, and Escape empties it before it closes the drawer.
          if (event.key === 'Enter' || (event.key === 'Escape' && search !== '')) event.preventDefault();
          if (event.key === 'Escape') setSearch('');
        }}
      />
      <div ref={list} className={styles.faults}>
        {groupFaults(found).map(({ label, faults: grouped }) => {
          const Icon = ICONS[label] ?? Cpu;
          return (
            <fieldset key={label} aria-label={label}>
              <p className={styles.groupLabel}>
                <Icon size={14} aria-hidden="true" />
                {label}
              </p>
              {grouped.map((fault) => (
                <label key={fault.id} className={styles.fault}>
                  <input
                    type="radio"
                    name="fault"
                    className="visually-hidden"
                    value={fault.id}
                    checked={fault.id === value}
                    onChange={() => onChange(fault)}
                  />
                  <span className={styles.faultName}>{fault.label}</span>
                  <SeverityBadge severity={fault.severity} />
                </label>
              ))}
            </fieldset>
          );
        })}
        {found.length === 0 ? <p className={styles.none}>No fault is called or does “{search}”.</p> : null}
      </div>
      {chosen === undefined ? null : (
        <div className={styles.about}>
          <p>{chosen.description}</p>
          <p>
            <b>Expect:</b> {chosen.signature}
          </p>
        </div>
      )}
    </fieldset>
  );
}
