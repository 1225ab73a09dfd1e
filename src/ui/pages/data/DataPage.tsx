import { Undo2 } from 'lucide-react';
import { useCallback, useState } from 'react';
import { Button } from '../../components/Button';
import { Panel } from '../../components/Panel';
import { useApp, useAppState } from '../../hooks';
import { takeFile } from '../../take-file';
import layout from '../layout.module.css';
import { BackupPanel } from './BackupPanel';
import { ErasePanel } from './ErasePanel';
import { FilePreviewForm } from './FilePreviewForm';
import { FileProgressView } from './FileProgressView';
import { FileResult } from './FileResult';
import { FleetSettings } from './FleetSettings';
import { OpenZone } from './OpenZone';
import { StoragePanel } from './StoragePanel';

/** Own files in, scores out; what is stored, backup and erasing. */
export function DataPage() {
  const { commands } = useApp();
  const dropped = useAppState((state) => state.dropped);
  const progress = useAppState((state) => state.file);
  const opened = useAppState((state) => state.opened);
  const isFile = useAppState((state) => state.run?.info.kind === 'file');
  const label = useAppState((state) => state.run?.info.label);
  const [failure, setFailure] = useState<{ readonly name: string; readonly why: string } | undefined>(undefined);
  const fail = useCallback((name: string, why: string) => setFailure({ name, why }), []);
  const take = (file: File): void => {
    setFailure(undefined);
    void takeFile(commands, file);
  };

  return (
    <div className={layout.page}>
      <Panel
        title="Open a file"
        subtitle="Read, scored and stored in this browser only: nothing is sent anywhere"
        actions={
          isFile && progress === undefined ? (
            <Button icon={<Undo2 aria-hidden="true" />} onClick={() => void commands.closeFile()}>
              Back to the live fleet
            </Button>
          ) : undefined
        }
      >
        <div className={layout.form}>
          {failure === undefined ? null : (
            <div className={layout.bad} role="alert">
              <p className={layout.strong}>{failure.name} could not be opened</p>
              <p>{failure.why}</p>
            </div>
          )}
          {progress !== undefined ? (
            <FileProgressView progress={progress} />
          ) : dropped !== undefined ? (
            <FilePreviewForm
              key={`${dropped.name}:${dropped.size}:${dropped.lastModified}`}
              file={dropped}
              onFailed={fail}
            />
          ) : (
            <OpenZone onFile={take} />
          )}
        </div>
      </Panel>
      {isFile && progress === undefined ? <FileResult opened={opened} label={label ?? 'file'} /> : null}
      <div className={layout.two}>
        <div className={layout.stack}>
          <StoragePanel />
          <BackupPanel />
        </div>
        <div className={layout.stack}>
          <FleetSettings />
          <ErasePanel />
        </div>
      </div>
    </div>
  );
}
