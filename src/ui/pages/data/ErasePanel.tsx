import { Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '../../components/Button';
import { TextField } from '../../components/fields';
import { Panel } from '../../components/Panel';
import { useApp } from '../../hooks';
import layout from '../layout.module.css';

const WORD = 'erase';

/** Deletes everything of ours. The one action without undo, so the one that asks for a typed word. */
export function ErasePanel() {
  const { commands } = useApp();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const sure = text.trim().toLowerCase() === WORD;

  const erase = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!sure || busy) return;
    setBusy(true);
    await commands.eraseEverything();
    setBusy(false);
    setText('');
  };

  return (
    <Panel title="Erase everything" subtitle="Telemetry, alerts, decisions, models and settings. There is no undo">
      <form className={layout.form} onSubmit={(event) => void erase(event)}>
        <TextField
          label={`Type “${WORD}” to confirm`}
          value={text}
          onChange={setText}
          autoComplete="off"
          spellCheck={false}
          help="A backup made before can be restored."
        />
        <div>
          <Button type="submit" variant="danger" icon={<Trash2 aria-hidden="true" />} aria-disabled={!sure || busy}>
            {busy ? 'Erasing…' : 'Erase everything'}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
