import { useState } from 'react';
import type { FaultSpec, OnsetShape, Start } from '../../domain/faults';
import { ownParams } from '../../domain/injection-request';
import { SelectField } from '../components/fields';
import { formatCoordinates } from '../format';
import { DraftNumber } from './DraftNumber';
import type { Draft } from './draft';
import styles from './injector.module.css';
import { hasProblemIn, problemAt } from './problems';
import type { DraftFieldsProps } from './TargetFields';

const ONSETS: readonly { readonly value: OnsetShape; readonly label: string }[] = [
  { value: 'step', label: 'Step: at once' },
  { value: 'ramp', label: 'Ramp: in a straight line' },
  { value: 'creep', label: 'Creep: slowly at first' },
];

const STARTS: readonly { readonly value: Start['kind']; readonly label: string }[] = [
  { value: 'now', label: 'Now' },
  { value: 'in', label: 'In a while' },
  { value: 'repeat', label: 'Again and again' },
];

/** How a fault comes, when it begins, where from, and the numbers that only it has. Folded up; what holds stands in the heading. */
export function CourseFields(props: DraftFieldsProps & { readonly fault: FaultSpec | undefined }) {
  const { run, draft, problems, onChange, fault } = props;
  const [open, setOpen] = useState(false);
  const origin = run.regions.find(({ id }) => id === draft.origin);
  const params = fault === undefined ? [] : ownParams(fault);
  // What is wrong must be in sight.
  const isOpen = open || hasProblemIn(problems, ['onset', 'start', 'params', 'origin']);
  return (
    <details className={styles.more} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={styles.summary}>
        <span className={styles.faultName}>Onset, start, origin{params.length > 0 ? ', own numbers' : ''}</span>
        <span className={styles.quiet}>{tellCourse(draft, origin?.city)}</span>
      </summary>
      <div className={styles.form}>
        <OnsetFields {...props} />
        <StartFields {...props} />
        <SelectField
          label="Origin"
          value={draft.origin}
          options={[
            { value: '', label: 'Where the device stands' },
            ...run.regions.map(({ id, city, country }) => ({ value: id, label: `${city}, ${country}` })),
          ]}
          help={origin === undefined ? 'Where it comes from.' : formatCoordinates(origin.latitude, origin.longitude)}
          onChange={(next) => onChange({ origin: next })}
        />
        {params.map(({ key, label, unit, help, step, min, max }) => (
          <DraftNumber
            key={key}
            label={label}
            unit={unit}
            help={`${help} ${min} to ${max}.`}
            whole={step === 1}
            value={draft.params[key] ?? ''}
            error={problemAt(problems, `params.${key}`, label, draft)}
            onChange={(text) => onChange({ params: { ...draft.params, [key]: text } })}
          />
        ))}
      </div>
    </details>
  );
}

function OnsetFields({ draft, problems, onChange }: DraftFieldsProps) {
  return (
    <div className={styles.pair}>
      <SelectField label="Onset" value={draft.onset} options={ONSETS} onChange={(onset) => onChange({ onset })} />
      {draft.onset === 'step' ? null : (
        <DraftNumber
          label="Full size after"
          unit="s"
          value={draft.onsetS}
          error={problemAt(problems, 'onset.seconds', 'Full size after', draft)}
          onChange={(onsetS) => onChange({ onsetS })}
        />
      )}
    </div>
  );
}

function StartFields({ draft, problems, onChange }: DraftFieldsProps) {
  const errorAt = (path: string, label: string): string | undefined => problemAt(problems, path, label, draft);
  return (
    <div className={styles.pair}>
      <SelectField label="Start" value={draft.start} options={STARTS} onChange={(start) => onChange({ start })} />
      {draft.start === 'in' ? (
        <DraftNumber
          label="In"
          unit="s"
          value={draft.inS}
          error={errorAt('start.seconds', 'In')}
          onChange={(inS) => onChange({ inS })}
        />
      ) : null}
      {draft.start === 'repeat' ? (
        <>
          <DraftNumber
            label="Every"
            unit="s"
            value={draft.everyS}
            error={errorAt('start.everySeconds', 'Every')}
            onChange={(everyS) => onChange({ everyS })}
          />
          <DraftNumber
            label="Times"
            whole
            value={draft.times}
            error={errorAt('start.times', 'Times')}
            onChange={(times) => onChange({ times })}
          />
          <DraftNumber
            label="First in"
            unit="s"
            value={draft.firstInS}
            error={errorAt('start.firstInSeconds', 'First in')}
            onChange={(firstInS) => onChange({ firstInS })}
          />
        </>
      ) : null}
    </div>
  );
}

function tellCourse(draft: Draft, city: string | undefined): string {
  const onset = draft.onset === 'step' ? 'step' : `${draft.onset} over ${draft.onsetS} s`;
  const start = { now: 'now', in: `in ${draft.inS} s`, repeat: `${draft.times} times, every ${draft.everyS} s` };
  return [onset, start[draft.start], city === undefined ? undefined : `from ${city}`]
    .filter((part) => part !== undefined)
    .join(' · ');
}
