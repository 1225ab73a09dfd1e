import { useMemo } from 'react';
import { useAppState } from '../hooks';
import { ComboField } from './ComboField';
import { SelectField, type SelectFieldProps } from './fields';

/** From so many on a list is too long to go through. */
const LONG = 100;

/** One of the devices: the browser's own select for a fleet of usual size, a search for a large one. */
export function DeviceField(props: SelectFieldProps<string>) {
  return props.options.length > LONG ? <ComboField {...props} /> : <SelectField {...props} />;
}

interface DeviceFilterProps {
  /** Id of a device; undefined: all. */
  readonly value: string | undefined;
  readonly onChange: (id: string | undefined) => void;
}

/** Which device of the present run a list is of: for toolbars. */
export function DeviceFilter({ value, onChange }: DeviceFilterProps) {
  const devices = useAppState((state) => state.run?.catalog.devices);
  const options = useMemo(
    () => [
      { value: '', label: 'All devices' },
      ...(devices ?? []).map(({ id, name }) => ({ value: id as string, label: name })),
    ],
    [devices],
  );
  return (
    <DeviceField
      compact
      label="Device"
      value={value ?? ''}
      options={options}
      onChange={(id) => onChange(id === '' ? undefined : id)}
    />
  );
}
