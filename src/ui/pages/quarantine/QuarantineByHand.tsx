import { Ban } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { DeviceId } from '../../../domain/ids';
import { Button } from '../../components/Button';
import { DeviceField } from '../../components/DeviceField';
import { TextField } from '../../components/fields';
import { Panel } from '../../components/Panel';
import { useApp, useAppState } from '../../hooks';
import layout from '../layout.module.css';

/** Quarantines one device with a reason of one's own. */
export function QuarantineByHand({ quarantined }: { readonly quarantined: readonly DeviceId[] }) {
  const { commands } = useApp();
  const devices = useAppState((state) => state.run?.catalog.devices);
  const [device, setDevice] = useState('');
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const free = (devices ?? []).filter((candidate) => !quarantined.includes(candidate.id));
  const chosen = free.find((candidate) => candidate.id === device);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (chosen === undefined || reason.trim() === '') return;
    setBusy(true);
    const result = await commands.quarantine([chosen.id], reason.trim());
    setBusy(false);
    if (result.ok) {
      setDevice('');
      setReason('');
    }
  };

  return (
    <Panel title="Quarantine by hand">
      <form className={layout.form} onSubmit={(event) => void submit(event)}>
        <DeviceField
          label="Device"
          value={chosen?.id ?? ''}
          options={[
            { value: '', label: 'Choose a device' },
            ...free.map((candidate) => ({ value: candidate.id as string, label: candidate.name })),
          ]}
          onChange={setDevice}
        />
        <TextField
          label="Reason"
          value={reason}
          onChange={setReason}
          maxLength={200}
          placeholder="e.g. suspected compromise"
          help="Stands in the list and in the history."
        />
        <div>
          <Button
            type="submit"
            variant="danger"
            icon={<Ban aria-hidden="true" />}
            disabled={busy || chosen === undefined || reason.trim() === ''}
          >
            Quarantine
          </Button>
        </div>
      </form>
    </Panel>
  );
}
