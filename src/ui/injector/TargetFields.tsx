import { useMemo } from 'react';
import type { RunView } from '../../app/types';
import type { Target } from '../../domain/faults';
import type { FieldProblem } from '../../domain/fields';
import { DeviceField } from '../components/DeviceField';
import { SelectField, TextField } from '../components/fields';
import { DevicePicker } from './DevicePicker';
import { DraftNumber } from './DraftNumber';
import type { Draft } from './draft';
import { problemAt } from './problems';

const KINDS: readonly { readonly value: Target['kind']; readonly label: string }[] = [
  { value: 'device', label: 'One device' },
  { value: 'devices', label: 'Several devices' },
  { value: 'role', label: 'All devices of a role' },
  { value: 'region', label: 'All devices in a region' },
  { value: 'share', label: 'A random share' },
  { value: 'new-device', label: 'A new device' },
];

export interface DraftFieldsProps {
  readonly run: RunView;
  readonly draft: Draft;
  readonly problems: readonly FieldProblem[];
  readonly onChange: (part: Partial<Draft>) => void;
}

/** Which devices are hit. */
export function TargetFields({ run, draft, problems, onChange }: DraftFieldsProps) {
  return (
    <>
      <SelectField label="Target" value={draft.target} options={KINDS} onChange={(target) => onChange({ target })} />
      <ChosenTarget run={run} draft={draft} problems={problems} onChange={onChange} />
    </>
  );
}

function ChosenTarget({ run, draft, problems, onChange }: DraftFieldsProps) {
  const { devices } = run.catalog;
  const options = useMemo(() => listOptions(run), [run]);
  const errorAt = (path: string, label: string): string | undefined => problemAt(problems, path, label, draft);
  switch (draft.target) {
    case 'device':
      return (
        <DeviceField
          label="Device"
          value={draft.deviceId}
          options={options.devices}
          onChange={(deviceId) => onChange({ deviceId })}
        />
      );
    case 'devices':
      return (
        <DevicePicker
          devices={devices}
          value={draft.deviceIds}
          error={errorAt('target.deviceIds', 'Devices')}
          onChange={(deviceIds) => onChange({ deviceIds })}
        />
      );
    case 'role':
      return (
        <SelectField label="Role" value={draft.role} options={options.roles} onChange={(role) => onChange({ role })} />
      );
    case 'region':
      return (
        <SelectField
          label="Region"
          value={draft.region}
          options={options.regions}
          onChange={(region) => onChange({ region })}
        />
      );
    case 'share':
      return (
        <>
          <DraftNumber
            label="Share"
            unit="%"
            value={draft.sharePct}
            help="At least one device. Which ones follows from the seed."
            error={errorAt('target.share', 'Share')}
            onChange={(sharePct) => onChange({ sharePct })}
          />
          <SelectField
            label="Share of"
            value={draft.shareRole}
            options={[{ value: '', label: `The whole fleet (${devices.length})` }, ...options.roles]}
            onChange={(shareRole) => onChange({ shareRole })}
          />
        </>
      );
    case 'new-device': {
      const error = errorAt('target.name', 'Name');
      return (
        <TextField
          label="Name of the new device"
          value={draft.newName}
          maxLength={60}
          placeholder="laptop-anna"
          help="It joins the fleet, reports 20 s of normal data, and then the fault begins."
          {...(error === undefined ? {} : { error })}
          onChange={(newName) => onChange({ newName })}
        />
      );
    }
  }
}

interface Choices {
  readonly devices: readonly { readonly value: string; readonly label: string }[];
  readonly roles: readonly { readonly value: string; readonly label: string }[];
  readonly regions: readonly { readonly value: string; readonly label: string }[];
}

/** What there is to choose: only roles and regions that have a device. */
function listOptions({ catalog, regions }: RunView): Choices {
  const { devices } = catalog;
  const count = (of: (device: (typeof devices)[number]) => string): ReadonlyMap<string, number> => {
    const counts = new Map<string, number>();
    for (const device of devices) counts.set(of(device), (counts.get(of(device)) ?? 0) + 1);
    return counts;
  };
  const inRegion = count(({ region }) => region);
  return {
    devices: devices.map(({ id, name, city }) => ({ value: id, label: city === '' ? name : `${name} (${city})` })),
    roles: [...count(({ role }) => role)].map(([role, n]) => ({ value: role, label: `${role} (${n})` })),
    regions: regions
      .filter(({ id }) => inRegion.has(id))
      .map(({ id, city, country }) => ({ value: id, label: `${city}, ${country} (${inRegion.get(id)})` })),
  };
}
