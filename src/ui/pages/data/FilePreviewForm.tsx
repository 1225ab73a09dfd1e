import { useEffect, useState } from 'react';
import type { ColumnMapping, FilePreview } from '../../../app/types';
import { Button } from '../../components/Button';
import { Badge } from '../../components/badges';
import { EmptyState } from '../../components/EmptyState';
import { SelectField } from '../../components/fields';
import { formatBytes } from '../../format';
import { useApp } from '../../hooks';
import layout from '../layout.module.css';
import { MappingForm } from './MappingForm';
import { checkMapping } from './mapping';
import { PreviewRows } from './PreviewRows';

interface FilePreviewFormProps {
  readonly file: File;
  readonly onFailed: (name: string, why: string) => void;
}

/** What a file turned out to be, before anything of it is stored: format, first rows, and which column means what. */
export function FilePreviewForm({ file, onFailed }: FilePreviewFormProps) {
  const { commands } = useApp();
  const [preview, setPreview] = useState<FilePreview | undefined>(undefined);

  useEffect(() => {
    let dropped = false;
    void commands.previewFile(file).then((result) => {
      if (dropped) return;
      if (result.ok) setPreview(result.value);
      else {
        onFailed(file.name, result.error.message);
        commands.drop(undefined);
      }
    });
    return () => {
      dropped = true;
    };
  }, [file, commands, onFailed]);

  if (preview === undefined) {
    return (
      <EmptyState
        kind="loading"
        title={`Looking at ${file.name}`}
        detail={formatBytes(file.size)}
        action={{ label: 'Cancel', onClick: () => commands.drop(undefined) }}
      />
    );
  }
  return <Form file={file} preview={preview} onFailed={onFailed} />;
}

function Form({ file, preview, onFailed }: FilePreviewFormProps & { readonly preview: FilePreview }) {
  const { commands } = useApp();
  const [mapping, setMapping] = useState<ColumnMapping>(preview.mapping);
  const [models, setModels] = useState<'train' | 'active'>('train');
  const problem = preview.kind === 'metrics' ? checkMapping(mapping) : undefined;

  const open = async (): Promise<void> => {
    const result = await commands.openFile(file, mapping, models);
    if (!result.ok && result.error.code !== 'cancelled') onFailed(file.name, result.error.message);
  };

  return (
    <div className={layout.form}>
      <div className={layout.buttons}>
        <span className={layout.strong}>{preview.name}</span>
        <Badge tone="accent">{preview.formatLabel}</Badge>
        <Badge tone="quiet">{preview.kind === 'metrics' ? 'Metrics' : 'Log lines'}</Badge>
        <span className={layout.quiet}>{formatBytes(preview.bytes)}</span>
      </div>
      {preview.notes.length === 0 ? null : (
        <ul className={layout.good} aria-label="What was noticed">
          {preview.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <PreviewRows preview={preview} mapping={mapping} />
      {preview.kind === 'metrics' ? (
        <MappingForm columns={preview.columns} mapping={mapping} onChange={setMapping} />
      ) : null}
      <SelectField
        label="Models"
        value={models}
        options={[
          { value: 'train', label: 'Train new models on this file' },
          { value: 'active', label: 'Use the active models where they fit' },
        ]}
        onChange={setModels}
        help="The live fleet keeps its own models either way, and goes on where it stopped when you come back."
      />
      {problem === undefined ? null : (
        <p className={layout.bad} role="alert">
          {problem}
        </p>
      )}
      <div className={layout.buttons}>
        <Button variant="primary" disabled={problem !== undefined} onClick={() => void open()}>
          Open and score
        </Button>
        <Button onClick={() => commands.drop(undefined)}>Cancel</Button>
      </div>
    </div>
  );
}
