import { Zap } from 'lucide-react';
import { type FormEvent, useMemo, useState } from 'react';
import type { RunView } from '../../app/types';
import type { FaultSpec, Injection } from '../../domain/faults';
import { Button } from '../components/Button';
import { Drawer } from '../components/Dialog';
import { EmptyState } from '../components/EmptyState';
import { NumberField, RangeField, SelectField, TextField } from '../components/fields';
import { formatCoordinates, formatPercent } from '../format';
import { useApp, useAppState } from '../hooks';
import { FaultCards } from './FaultCards';
import { type InjectorForm, injectionSpecs, NEW_DEVICE, readForm } from './form';
import { InjectionLog } from './InjectionLog';
import styles from './injector.module.css';

/** The panel that injects faults into the simulated fleet. */
export function Injector() {
  const { commands } = useApp();
  const run = useAppState((state) => state.run);
  return (
    <Drawer
      open
      onClose={() => commands.setInjectorOpen(false)}
      title="Inject a fault"
      description="The simulated fleet gets it at once; the detectors are not told."
    >
      {run === undefined || run.faults.length === 0 ? (
        <EmptyState
          kind={run === undefined ? 'loading' : 'empty'}
          title={run === undefined ? 'The fleet is starting' : 'Nothing to inject into'}
          detail={run === undefined ? undefined : 'Faults go into the simulated fleet. This run is a file.'}
          action={
            run === undefined
              ? undefined
              : { label: 'Back to the live fleet', onClick: () => void commands.closeFile() }
          }
        />
      ) : (
        <div className={styles.injector}>
          <InjectorFields run={run} />
          <InjectionLog />
        </div>
      )}
    </Drawer>
  );
}

function firstForm(run: RunView, focused: number | undefined): InjectorForm {
  const device = run.catalog.devices[focused ?? 0] ?? run.catalog.devices[0];
  return {
    fault: run.faults[0].id,
    device: device?.id ?? NEW_DEVICE,
    newName: '',
    origin: (run.regions.find((region) => region.id !== device?.region) ?? run.regions[0])?.id ?? '',
    ...defaultsOf(run.faults[0]),
  };
}

function defaultsOf(fault: FaultSpec | undefined): Pick<InjectorForm, 'intensity' | 'durationS'> {
  const { intensity, duration } = injectionSpecs(fault);
  return { intensity: intensity.default, durationS: duration.default };
}

type Outcome =
  | { readonly kind: 'idle' | 'busy' }
  | { readonly kind: 'done'; readonly injections: readonly Injection[] };

function InjectorFields({ run }: { readonly run: RunView }) {
  const { commands } = useApp();
  const focused = useAppState((state) => state.focusedDevice);
  const [form, setForm] = useState(() => firstForm(run, focused));
  const [error, setError] = useState<string | undefined>(undefined);
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'idle' });
  const change = (part: Partial<InjectorForm>): void => {
    setError(undefined);
    setForm((before) => ({ ...before, ...part }));
  };
  const devices = useMemo(
    () => [
      ...run.catalog.devices.map((device) => ({
        value: device.id as string,
        label: device.city === '' ? device.name : `${device.name} (${device.city})`,
      })),
      { value: NEW_DEVICE, label: 'New client device …' },
    ],
    [run.catalog.devices],
  );
  const origins = useMemo(
    () => run.regions.map((region) => ({ value: region.id, label: `${region.city}, ${region.country}` })),
    [run.regions],
  );
  const origin = run.regions.find((region) => region.id === form.origin);
  const specs = injectionSpecs(run.faults.find((fault) => fault.id === form.fault));

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const request = readForm(
      form,
      run.catalog.devices.map((device) => device.name),
    );
    if (!request.ok) {
      setError(request.error.message);
      return;
    }
    setOutcome({ kind: 'busy' });
    const result = await commands.inject(request.value);
    if (!result.ok) {
      setError(result.error.message);
      setOutcome({ kind: 'idle' });
      return;
    }
    setOutcome({ kind: 'done', injections: result.value });
    change({ device: result.value[0]?.deviceId ?? form.device, newName: '' });
  };

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <FaultCards
        faults={run.faults}
        value={form.fault}
        onChange={(fault) => change({ fault, ...defaultsOf(run.faults.find((one) => one.id === fault)) })}
      />
      <SelectField label="Device" value={form.device} options={devices} onChange={(device) => change({ device })} />
      {form.device === NEW_DEVICE ? (
        <TextField
          label="Name of the new device"
          value={form.newName}
          maxLength={60}
          placeholder="laptop-anna"
          onChange={(newName) => change({ newName })}
        />
      ) : null}
      <SelectField
        label="Origin"
        value={form.origin}
        options={origins}
        help={origin === undefined ? undefined : formatCoordinates(origin.latitude, origin.longitude)}
        onChange={(next) => change({ origin: next })}
      />
      <RangeField
        spec={specs.intensity}
        value={form.intensity}
        format={(share) => formatPercent(share, 0)}
        onChange={(intensity) => change({ intensity })}
      />
      <NumberField
        key={form.fault}
        spec={specs.duration}
        value={form.durationS}
        onChange={(durationS) => change({ durationS })}
      />
      {error === undefined ? null : (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      <Button type="submit" variant="primary" disabled={outcome.kind === 'busy'} icon={<Zap aria-hidden="true" />}>
        {outcome.kind === 'busy' ? 'Injecting …' : 'Inject'}
      </Button>
      <p className={styles.outcome} role="status">
        {outcome.kind === 'done' ? outcome.injections.map(describeOutcome).join(' ') : ''}
      </p>
    </form>
  );
}

function describeOutcome(injection: Injection): string {
  if (injection.status === 'refused') return `${injection.deviceName}: ${injection.note}`;
  const when = injection.status === 'scheduled' ? 'will run' : 'is running';
  return `${injection.faultLabel} ${when} on ${injection.deviceName}.`;
}
