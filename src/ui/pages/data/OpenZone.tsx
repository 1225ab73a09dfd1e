import { FolderOpen } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '../../components/Button';
import layout from '../layout.module.css';
import styles from './data.module.css';

/** Where a file goes in: picker, drop (anywhere in the window) or paste. */
export function OpenZone({ onFile }: { readonly onFile: (file: File) => void }) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.zone}>
      <FolderOpen className={styles.zoneIcon} aria-hidden="true" />
      <p className={styles.zoneTitle}>Drop a file anywhere in this window, or paste it</p>
      <p className={layout.note}>
        A CSV of metrics (a time column, numeric columns, if you like a device and a label column) or a plain log file,
        up to 200 MB.
      </p>
      <input
        ref={picker}
        type="file"
        accept=".csv,.tsv,.txt,.log,.json,.jsonl,.ndjson,.gz,text/*"
        hidden
        aria-label="Data file"
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file can be picked again after it was refused.
          event.target.value = '';
          if (file !== undefined) onFile(file);
        }}
      />
      <Button variant="primary" onClick={() => picker.current?.click()}>
        Choose a file
      </Button>
    </div>
  );
}
