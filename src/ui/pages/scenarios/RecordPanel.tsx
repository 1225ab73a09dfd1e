import { Download, FileUp, ListPlus, Table2 } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { Injection } from '../../../domain/faults';
import type { FieldProblem } from '../../../domain/fields';
import type { Scenario } from '../../../domain/scenario';
import { writeScenario } from '../../../domain/scenario-check';
import { Button } from '../../components/Button';
import { TextField } from '../../components/fields';
import { Panel } from '../../components/Panel';
import { formatNumber } from '../../format';
import { type Facts, useApp, useAppState, useFacts } from '../../hooks';
import { problemsOf } from '../../injector/problems';
import layout from '../layout.module.css';
import styles from './scenarios.module.css';

/** A scenario of 2,000 steps is far smaller; more is not read into memory. */
const MAX_BYTES = 8_000_000;
const DEFAULT_NAME = 'My recording';

interface Wrong {
  readonly what: string;
  readonly problems: readonly FieldProblem[];
}

/** Takes the present run out as a scenario file, and a scenario file in. */
export function RecordPanel() {
  const { commands, engine } = useApp();
  const input = useRef<HTMLInputElement>(null);
  const inputId = useId();
  const [name, setName] = useState(DEFAULT_NAME);
  const [wrong, setWrong] = useState<Wrong | undefined>(undefined);
  const [said, setSaid] = useState('');
  const injections = useFacts(['injections', 'runs'], (app) => app.engine.injections());

  /** Runs one action; whatever goes wrong is shown, and nothing is changed. */
  const attempt = async (what: string, act: () => Promise<readonly FieldProblem[]>): Promise<void> => {
    setWrong(undefined);
    setSaid('');
    try {
      const problems = await act();
      if (problems.length > 0) setWrong({ what, problems });
    } catch (cause) {
      setWrong({ what, problems: [{ path: '', message: cause instanceof Error ? cause.message : String(cause) }] });
    }
  };
  /** Records the run and reads it back as a file is read, so that what is given away can be played. */
  const record = (what: string, use: (scenario: Scenario) => Promise<readonly FieldProblem[]>): Promise<void> =>
    attempt(what, async () => {
      const recorded = await engine.recordScenario(name.trim());
      if (!recorded.ok) return problemsOf(recorded.error);
      const checked = await engine.readScenario(writeScenario(recorded.value));
      if (!checked.ok) return checked.error.problems;
      return use(checked.value);
    });
  const open = (file: File): Promise<void> =>
    attempt(`${file.name} was not imported`, async () => {
      if (file.size > MAX_BYTES) {
        const message = `the file must have at most ${formatNumber(MAX_BYTES)} bytes, got ${formatNumber(file.size)}`;
        return [{ path: '', message }];
      }
      const read = await engine.readScenario(await file.text());
      if (!read.ok) return read.error.problems;
      return keep(read.value, `Imported: ${read.value.name}. It is listed below, ready to be played.`);
    });
  /** Lists a scenario; the words are said once it is stored. */
  const keep = async (scenario: Scenario, words: string): Promise<readonly FieldProblem[]> => {
    const kept = await commands.keepScenario(scenario);
    if (!kept.ok) return problemsOf(kept.error);
    setSaid(words);
    return [];
  };
  const saveScores = (): Promise<void> =>
    attempt('The scores were not saved', async () => {
      const result = await engine.exportScores();
      if (!result.ok) return problemsOf(result.error);
      commands.save('scores.csv', result.value);
      return [];
    });

  const dropped = useAppState((state) => state.droppedScenario);
  const openLatest = useRef(open);
  openLatest.current = open;
  useEffect(() => {
    if (dropped === undefined) return;
    commands.dropScenario(undefined);
    void openLatest.current(dropped);
  }, [commands, dropped]);

  return (
    <Panel title="Record, take away, replay" subtitle={tellRecorded(injections)}>
      <div className={layout.form}>
        <TextField
          label="Name of the recording"
          value={name}
          maxLength={80}
          help="The file holds seed, size, clock and every fault of this run, but no data: played again it gives the same."
          onChange={setName}
        />
        <div className={layout.buttons}>
          <Button
            icon={<Download aria-hidden="true" />}
            onClick={() =>
              void record('The run was not recorded', async (scenario) => {
                commands.save(`${scenario.id}.scenario.json`, writeScenario(scenario));
                setSaid('Recorded: the file is in your downloads.');
                return [];
              })
            }
          >
            Export this run
          </Button>
          <Button
            icon={<ListPlus aria-hidden="true" />}
            onClick={() =>
              void record('The run was not recorded', (scenario) =>
                keep(scenario, `Recorded: ${scenario.name} is listed below, under Yours.`),
              )
            }
          >
            List it here
          </Button>
          <Button icon={<Table2 aria-hidden="true" />} onClick={() => void saveScores()}>
            Scores as CSV
          </Button>
          <Button icon={<FileUp aria-hidden="true" />} onClick={() => input.current?.click()}>
            Import a scenario
          </Button>
          <label className="visually-hidden" htmlFor={inputId}>
            Scenario file
          </label>
          <input
            ref={input}
            id={inputId}
            type="file"
            accept=".json,application/json"
            className="visually-hidden"
            tabIndex={-1}
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              // The same file may be chosen again once it was mended.
              event.target.value = '';
              if (file !== undefined) void open(file);
            }}
          />
        </div>
        <p role="status" className={layout.note}>
          {said}
        </p>
        {wrong === undefined ? null : (
          <div className={layout.bad} role="alert">
            <p className={layout.strong}>{wrong.what}. Nothing was changed.</p>
            <ul className={styles.problems}>
              {wrong.problems.map(({ path, message }) => (
                <li key={`${path} ${message}`}>{message}</li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Panel>
  );
}

function tellRecorded({ data = [] }: Facts<readonly Injection[]>): string {
  const count = (by: Injection['by']): number =>
    new Set(data.filter((one) => one.by === by && one.status !== 'refused').map(({ group }) => group)).size;
  const [byHand, byScenario] = [count('operator'), count('scenario')];
  const hand = `${formatNumber(byHand)} ${byHand === 1 ? 'injection' : 'injections'} by hand`;
  return `This run so far: ${hand}${byScenario > 0 ? `, ${formatNumber(byScenario)} by the scenario` : ''}`;
}
