import { useEffect, useState } from 'react';
import { CAUSE_LABELS, CAUSES } from '../../../domain/alerts';
import { SEVERITIES } from '../../../domain/scores';
import { Button } from '../../components/Button';
import { DeviceFilter } from '../../components/DeviceField';
import { SelectField, TextField } from '../../components/fields';
import layout from '../layout.module.css';
import { ALERT_STATES, type AlertFilter, isFiltering, readAlertFilter } from './filter-alerts';

const ANY = '' as const;
/** Typing changes the address only after a pause. */
const TYPING_MS = 250;

interface AlertFiltersProps {
  readonly filter: AlertFilter;
  readonly onChange: (filter: AlertFilter) => void;
}

/** What of the alerts is shown: state, severity, cause, device, text. */
export function AlertFilters({ filter, onChange }: AlertFiltersProps) {
  const [text, setText] = useState(filter.text);
  useEffect(() => setText(filter.text), [filter.text]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a keystroke starts the clock
  useEffect(() => {
    if (text === filter.text) return;
    const timer = setTimeout(() => onChange({ ...filter, text }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

  return (
    <div className={layout.toolbar}>
      <TextField compact type="search" label="Search device, cause, reason" value={text} onChange={setText} />
      <SelectField
        compact
        label="State"
        value={filter.state ?? ANY}
        options={[
          { value: ANY, label: 'Any state' },
          ...ALERT_STATES.map((state) => ({ value: state, label: capital(state) })),
        ]}
        onChange={(state) => onChange({ ...filter, state: state === ANY ? undefined : state })}
      />
      <SelectField
        compact
        label="Severity"
        value={filter.severity ?? ANY}
        options={[
          { value: ANY, label: 'Any severity' },
          ...[...SEVERITIES].reverse().map((severity) => ({ value: severity, label: capital(severity) })),
        ]}
        onChange={(severity) => onChange({ ...filter, severity: severity === ANY ? undefined : severity })}
      />
      <SelectField
        compact
        label="Cause"
        value={filter.cause ?? ANY}
        options={[
          { value: ANY, label: 'Any cause' },
          ...CAUSES.map((cause) => ({ value: cause, label: CAUSE_LABELS[cause] })),
        ]}
        onChange={(cause) => onChange({ ...filter, cause: cause === ANY ? undefined : cause })}
      />
      <DeviceFilter value={filter.device} onChange={(device) => onChange({ ...filter, device })} />
      <SelectField
        compact
        label="Run"
        value={filter.run ?? ANY}
        options={[
          { value: ANY, label: 'All runs' },
          { value: 'this', label: 'This run' },
        ]}
        onChange={(run) => onChange({ ...filter, run: run === ANY ? undefined : run })}
      />
      {isFiltering(filter) ? (
        <Button variant="ghost" onClick={() => onChange(readAlertFilter({}))}>
          Clear
        </Button>
      ) : null}
    </div>
  );
}
