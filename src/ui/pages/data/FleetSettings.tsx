import type { ParamSpec } from '../../../domain/params';
import { SETTING_SPECS, type Settings } from '../../../domain/settings';
import { EmptyState } from '../../components/EmptyState';
import { NumberField, SelectField, SwitchField } from '../../components/fields';
import { Panel } from '../../components/Panel';
import { useAppState } from '../../hooks';
import layout from '../layout.module.css';
import { SettingsForm } from '../SettingsForm';
import { useSettingsDraft } from '../use-settings-draft';

const MODES: readonly { readonly value: Settings['quarantine']; readonly label: string }[] = [
  { value: 'enforce', label: 'Enforce: refuse the data' },
  { value: 'simulate', label: 'Simulate: decide and show only' },
  { value: 'off', label: 'Off: by hand only' },
];

/** Settings of the fleet, of quarantine and of what is kept. */
export function FleetSettings() {
  const settings = useAppState((state) => state.run?.settings);
  return (
    <Panel title="Fleet, quarantine and retention">
      {settings === undefined ? (
        <EmptyState kind="loading" title="Reading the settings" />
      ) : (
        <Form settings={settings} />
      )}
    </Panel>
  );
}

function Form({ settings }: { readonly settings: Settings }) {
  const { draft, change, changed, busy, reset, apply } = useSettingsDraft(settings);
  return (
    <SettingsForm changed={changed} busy={busy} onApply={apply} onDiscard={reset}>
      <div className={layout.fields}>
        <NumberField
          spec={specOf('deviceCount')}
          value={draft.deviceCount}
          onChange={(deviceCount) => change({ deviceCount })}
        />
        <NumberField
          spec={specOf('retentionMb')}
          value={draft.retentionMb}
          onChange={(retentionMb) => change({ retentionMb })}
        />
        <NumberField spec={specOf('keepRuns')} value={draft.keepRuns} onChange={(keepRuns) => change({ keepRuns })} />
        <NumberField
          spec={specOf('keepAlerts')}
          value={draft.keepAlerts}
          onChange={(keepAlerts) => change({ keepAlerts })}
        />
        <SelectField
          label="Quarantine by policy"
          value={draft.quarantine}
          options={MODES}
          onChange={(quarantine) => change({ quarantine })}
          help="What happens on a critical attack."
        />
      </div>
      <SwitchField
        label="The fleet's own faults"
        help="Small seeded faults, so that there is something to see without the injector."
        checked={draft.ambientFaults}
        onChange={(ambientFaults) => change({ ambientFaults })}
      />
    </SettingsForm>
  );
}

function specOf(key: 'deviceCount' | 'retentionMb' | 'keepRuns' | 'keepAlerts'): ParamSpec {
  const spec = SETTING_SPECS.find((candidate) => candidate.key === key);
  if (spec === undefined) throw new Error(`no description of the setting ${key}`);
  return spec;
}
