import { Download, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '../../components/Button';
import { Panel } from '../../components/Panel';
import { formatBytes, formatIso } from '../../format';
import { useApp } from '../../hooks';
import layout from '../layout.module.css';

/** Everything out as one file, and back in. A bad file changes nothing. */
export function BackupPanel() {
  const { commands, engine } = useApp();
  const [busy, setBusy] = useState<'saving' | 'restoring' | undefined>(undefined);
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const [chosen, setChosen] = useState<File | undefined>(undefined);
  const picker = useRef<HTMLInputElement>(null);

  const backUp = async (): Promise<void> => {
    setBusy('saving');
    setFailure(undefined);
    try {
      const result = await engine.exportBackup();
      const day = formatIso(Date.now()).slice(0, 10);
      if (result.ok) commands.save(`cloud-anomaly-backup-${day}.json`, result.value);
      else setFailure(result.error.message);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
    setBusy(undefined);
  };
  const restore = async (file: File): Promise<void> => {
    setBusy('restoring');
    setFailure(undefined);
    try {
      const result = await engine.importBackup(await file.text());
      if (result.ok) {
        setChosen(undefined);
        commands.notify({ kind: 'success', title: 'Backup restored', detail: file.name });
      } else setFailure(result.error.message);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
    setBusy(undefined);
  };

  return (
    <Panel
      title="Backup"
      subtitle="Telemetry, alerts, decisions, models, scenarios, scoreboard and settings in one file"
    >
      <div className={layout.form}>
        <div className={layout.buttons}>
          <Button
            variant="primary"
            icon={<Download aria-hidden="true" />}
            disabled={busy !== undefined}
            onClick={() => void backUp()}
          >
            {busy === 'saving' ? 'Backing up…' : 'Back up'}
          </Button>
          <input
            ref={picker}
            type="file"
            accept=".json,application/json"
            hidden
            aria-label="Backup file"
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = '';
              setFailure(undefined);
              setChosen(file);
            }}
          />
          <Button
            icon={<Upload aria-hidden="true" />}
            disabled={busy !== undefined}
            onClick={() => picker.current?.click()}
          >
            Restore a backup
          </Button>
        </div>
        {chosen === undefined ? null : (
          <div className={`${layout.good} ${layout.section}`}>
            <p>
              <span className={layout.strong}>{chosen.name}</span> ({formatBytes(chosen.size)}) replaces what is stored
              now. It is checked as a whole first.
            </p>
            <div className={layout.buttons}>
              <Button variant="primary" disabled={busy !== undefined} onClick={() => void restore(chosen)}>
                {busy === 'restoring' ? 'Restoring…' : 'Replace and restore'}
              </Button>
              <Button disabled={busy !== undefined} onClick={() => setChosen(undefined)}>
                Cancel
              </Button>
            </div>
          </div>
        )}
        {failure === undefined ? null : (
          <div className={layout.bad} role="alert">
            {failure}
          </div>
        )}
      </div>
    </Panel>
  );
}
