import { Download, Link2, Pencil, Play, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import { scenarioLink } from '../../../app/scenario-link';
import type { KeptScenario, RunView } from '../../../app/types';
import type { Scenario } from '../../../domain/scenario';
import { writeScenario } from '../../../domain/scenario-check';
import { Button, IconButton } from '../../components/Button';
import { Badge } from '../../components/badges';
import { formatDuration, formatNumber } from '../../format';
import { useApp } from '../../hooks';
import { DraftNumber } from '../../injector/DraftNumber';
import layout from '../layout.module.css';
import { RenameForm } from './RenameForm';
import styles from './scenarios.module.css';
import { checkSeed } from './seed';
import { TimelinePicture } from './TimelinePicture';
import { tellSteps } from './timeline';

interface ScenarioCardProps {
  readonly scenario: Scenario;
  readonly run: RunView;
  /** Where a person's own one stands; undefined: a shipped one, whose link works in every browser. */
  readonly kept: KeptScenario | undefined;
  /** undefined: something is being started already. */
  readonly onPlay: ((seed: number) => void) | undefined;
}

/** A scenario: what it is, when what happens, and how it is played. */
export function ScenarioCard({ scenario, run, kept, onPlay }: ScenarioCardProps) {
  const { commands } = useApp();
  const heading = useId();
  const [text, setText] = useState(String(scenario.seed));
  const [renaming, setRenaming] = useState(false);
  const seed = checkSeed(text);
  const steps = tellSteps(scenario, run);
  const copyLink = async (chosen: number): Promise<void> => {
    const link = scenarioLink(location.href.replace(/#.*$/, ''), scenario, chosen, kept !== undefined);
    try {
      await navigator.clipboard.writeText(link);
      commands.notify({
        kind: 'success',
        title: kept === undefined ? 'The link is copied' : 'The link is copied: it works in this browser',
        detail: kept === undefined ? link : 'Elsewhere it works once the file of this scenario was imported there.',
      });
    } catch {
      // The browser may forbid the clipboard; the link can be copied from the notice.
      commands.notify({ kind: 'info', title: 'The clipboard is not to be had: copy the link from here', detail: link });
    }
  };
  return (
    <article className={styles.card} aria-labelledby={heading}>
      <div className={styles.cardHead}>
        <h3 id={heading} className={styles.name}>
          {scenario.name}
        </h3>
        {scenario.healthy ? (
          <Badge tone="ok" shape="check">
            Healthy
          </Badge>
        ) : (
          <Badge tone="warning" shape="triangle">
            {formatNumber(scenario.faults.length)} {scenario.faults.length === 1 ? 'fault' : 'faults'}
          </Badge>
        )}
      </div>
      {kept !== undefined && renaming ? <RenameForm kept={kept} onDone={() => setRenaming(false)} /> : null}
      <p className={styles.quiet}>{scenario.description}</p>
      <TimelinePicture scenario={scenario} words={run} />
      <p className={styles.quiet}>
        {formatDuration(scenario.durationS * 1000)} · {formatNumber(scenario.deviceCount)} devices ·{' '}
        {formatNumber(scenario.events.length)} {scenario.events.length === 1 ? 'normal event' : 'normal events'}
        {scenario.startsAt === undefined ? '' : ` · starts ${scenario.startsAt.slice(0, 16).replace('T', ' ')} UTC`}
      </p>
      <details className={styles.steps}>
        <summary>What happens, step by step</summary>
        {steps.length === 0 ? <p>Nothing but what a fleet does by itself.</p> : null}
        <ol>
          {steps.map((step, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two steps may read the same, and they never move
            <li key={i}>{step}</li>
          ))}
        </ol>
      </details>
      <div className={styles.cardFoot}>
        <div className={styles.seed}>
          <DraftNumber
            label="Seed"
            whole
            value={text}
            error={seed.ok ? undefined : seed.error.message}
            onChange={setText}
          />
        </div>
        <div className={layout.buttons}>
          <Button
            variant="primary"
            icon={<Play aria-hidden="true" />}
            aria-label={`Play ${scenario.name}`}
            disabled={!seed.ok || onPlay === undefined}
            onClick={() => {
              if (seed.ok) onPlay?.(seed.value);
            }}
          >
            Play
          </Button>
          <Button
            icon={<Link2 aria-hidden="true" />}
            aria-label={`Copy link to ${scenario.name}`}
            disabled={!seed.ok}
            onClick={() => {
              if (seed.ok) void copyLink(seed.value);
            }}
          >
            Copy link
          </Button>
          <Button
            variant="ghost"
            icon={<Download aria-hidden="true" />}
            aria-label={`File of ${scenario.name}`}
            onClick={() => commands.save(`${scenario.id}.scenario.json`, writeScenario(scenario))}
          >
            File
          </Button>
          {kept === undefined ? null : (
            <>
              <IconButton
                label={`Rename ${scenario.name}`}
                icon={<Pencil aria-hidden="true" />}
                aria-expanded={renaming}
                onClick={() => setRenaming(!renaming)}
              />
              <IconButton
                label={`Delete ${scenario.name}`}
                icon={<Trash2 aria-hidden="true" />}
                onClick={() => void commands.deleteScenario(kept)}
              />
            </>
          )}
        </div>
      </div>
    </article>
  );
}
