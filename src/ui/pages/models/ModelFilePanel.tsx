import { Download, FolderOpen } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import type { ModelFilePreview } from '../../../app/types';
import type { Result } from '../../../domain/result';
import { Button } from '../../components/Button';
import { Panel } from '../../components/Panel';
import { formatIso } from '../../format';
import { useApp } from '../../hooks';
import layout from '../layout.module.css';
import { ImportPreview } from './ImportPreview';
import styles from './models.module.css';

type Import =
  | { readonly kind: 'none' }
  | { readonly kind: 'checking'; readonly name: string }
  | { readonly kind: 'refused'; readonly name: string; readonly why: string }
  | { readonly kind: 'checked'; readonly name: string; readonly text: string; readonly preview: ModelFilePreview };

/** A model file holds at most 10 MB of weights; what is far larger is not read into memory at all. */
const MAX_BYTES = 50_000_000;

/** Takes the models out as one file, and takes such a file in after it was checked and shown. */
export function ModelFilePanel() {
  const { commands, engine } = useApp();
  const [state, setState] = useState<Import>({ kind: 'none' });
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);

  const save = async (what: string, call: () => Promise<Result<() => void>>): Promise<void> => {
    setBusy(true);
    const result = await call().catch((error: unknown) => failure(error));
    setBusy(false);
    if (result.ok) result.value();
    else commands.notify({ kind: 'error', title: `${what} failed`, detail: result.error.message });
  };
  const exportModels = (): Promise<void> =>
    save('Export', async () => {
      const result = await engine.exportModels();
      if (!result.ok) return result;
      const stamp = formatIso(Date.now()).slice(0, 19).replaceAll(':', '');
      const blob = new Blob([result.value], { type: 'application/json' });
      return { ok: true, value: () => commands.save(`cloud-anomaly-${stamp}.model.json`, blob) };
    });
  const exportTfjs = (): Promise<void> =>
    save('Export', async () => {
      const result = await engine.exportTfjs();
      if (!result.ok) return result;
      const { modelJson, weights } = result.value;
      return {
        ok: true,
        value: () => {
          commands.save('model.json', new Blob([modelJson], { type: 'application/json' }));
          commands.save('weights.bin', new Blob([weights.slice()], { type: 'application/octet-stream' }));
        },
      };
    });

  const check = async (file: File): Promise<void> => {
    const { name } = file;
    setState({ kind: 'checking', name });
    if (file.size > MAX_BYTES) {
      setState({
        kind: 'refused',
        name,
        why: `The file has ${file.size} bytes; a model file has at most ${MAX_BYTES}.`,
      });
      return;
    }
    try {
      const text = await file.text();
      const result = await engine.checkModelFile(text);
      if (result.ok) setState({ kind: 'checked', name, text, preview: result.value });
      else setState({ kind: 'refused', name, why: result.error.message });
    } catch (error) {
      setState({ kind: 'refused', name, why: error instanceof Error ? error.message : String(error) });
    }
  };
  const confirm = async (text: string, name: string): Promise<void> => {
    setBusy(true);
    const result = await engine.importModels(text).catch((error: unknown) => failure(error));
    setBusy(false);
    if (result.ok) {
      setState({ kind: 'none' });
      commands.notify({ kind: 'success', title: 'Models imported', detail: `${name} is scoring now.` });
    } else setState({ kind: 'refused', name, why: result.error.message });
  };
  const drop = (event: DragEvent): void => {
    const file = event.dataTransfer.files[0];
    setOver(false);
    if (file === undefined) return;
    // The whole window takes data files: this tells it that the file was meant for here.
    event.preventDefault();
    void check(file);
  };

  return (
    <Panel title="Model file" subtitle="Both models in one file, without any of the rows they were trained on">
      <div className={layout.form}>
        <div className={layout.buttons}>
          <Button
            variant="primary"
            icon={<Download aria-hidden="true" />}
            disabled={busy}
            onClick={() => void exportModels()}
          >
            Export models
          </Button>
          <Button icon={<Download aria-hidden="true" />} disabled={busy} onClick={() => void exportTfjs()}>
            Autoencoder as TF.js files
          </Button>
        </div>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut for pointers; the button inside does the same by keyboard */}
        <div
          className={styles.drop}
          data-over={over}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
        >
          <input
            ref={picker}
            type="file"
            accept=".json,application/json"
            hidden
            aria-label="Model file"
            onChange={(event) => {
              const file = event.target.files?.[0];
              // The same file can be picked again after it was refused.
              event.target.value = '';
              if (file !== undefined) void check(file);
            }}
          />
          <Button icon={<FolderOpen aria-hidden="true" />} disabled={busy} onClick={() => picker.current?.click()}>
            Import a model file
          </Button>
          <span className={layout.note}>or drop a *.model.json here. It is checked before anything is used.</span>
        </div>
        {state.kind === 'checking' ? <p className={layout.good}>Checking {state.name}…</p> : null}
        {state.kind === 'refused' ? (
          <div className={layout.bad} role="alert">
            <p className={layout.strong}>{state.name} was refused; the active models stay.</p>
            <p>{state.why}</p>
          </div>
        ) : null}
        {state.kind === 'checked' ? (
          <ImportPreview
            name={state.name}
            preview={state.preview}
            busy={busy}
            onConfirm={() => void confirm(state.text, state.name)}
            onCancel={() => setState({ kind: 'none' })}
          />
        ) : null}
      </div>
    </Panel>
  );
}

function failure(error: unknown): {
  readonly ok: false;
  readonly error: { readonly code: string; readonly message: string };
} {
  return { ok: false, error: { code: 'failed', message: error instanceof Error ? error.message : String(error) } };
}
