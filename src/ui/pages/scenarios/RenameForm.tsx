import { useState } from 'react';
import type { KeptScenario } from '../../../app/types';
import { Button } from '../../components/Button';
import { TextField } from '../../components/fields';
import { useApp } from '../../hooks';
import layout from '../layout.module.css';

interface RenameFormProps {
  readonly kept: KeptScenario;
  readonly onDone: () => void;
}

/** Another name for one of a person's own scenarios; a name that will not do is said, and nothing is changed. */
export function RenameForm({ kept, onDone }: RenameFormProps) {
  const { commands } = useApp();
  const [name, setName] = useState(kept.scenario.name);
  const [error, setError] = useState<string | undefined>(undefined);
  const rename = async (): Promise<void> => {
    const wanted = name.trim();
    if (wanted === kept.scenario.name) return onDone();
    const renamed = await commands.renameScenario(kept, wanted);
    if (renamed.ok) onDone();
    else setError(renamed.error.message);
  };
  return (
    <form
      className={layout.form}
      onSubmit={(event) => {
        event.preventDefault();
        void rename();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onDone();
      }}
    >
      <TextField
        label="New name"
        value={name}
        maxLength={80}
        autoFocus
        {...(error === undefined ? {} : { error })}
        onChange={(text) => {
          setName(text);
          setError(undefined);
        }}
      />
      <div className={layout.buttons}>
        <Button variant="primary" type="submit">
          Rename
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </form>
  );
}
