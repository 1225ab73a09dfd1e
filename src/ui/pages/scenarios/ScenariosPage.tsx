import { useState } from 'react';
import { scenarioParams } from '../../../app/scenario-link';
import type { KeptScenario, RunView } from '../../../app/types';
import type { Scenario } from '../../../domain/scenario';
import { EmptyState } from '../../components/EmptyState';
import { Panel } from '../../components/Panel';
import { useApp, useAppState } from '../../hooks';
import layout from '../layout.module.css';
import { OwnPanel } from './OwnPanel';
import { PlayingPanel } from './PlayingPanel';
import { RecordPanel } from './RecordPanel';
import { ScenarioCard } from './ScenarioCard';
import styles from './scenarios.module.css';
import { findPlayed, useOwnScenarios, useShippedScenarios } from './use-progress';

/** Scenarios: what is playing, those to choose from, and the present run as one. */
export function ScenariosPage() {
  const { commands } = useApp();
  const run = useAppState((state) => state.run);
  const dropped = useAppState((state) => state.droppedScenario);
  if (run === undefined) {
    return (
      <Panel title="Scenarios">
        <EmptyState kind="loading" title="The fleet is starting" />
      </Panel>
    );
  }
  if (run.info.kind === 'file') {
    return (
      <Panel title="Scenarios">
        <EmptyState
          kind="empty"
          title="A file is open"
          detail={
            dropped === undefined
              ? 'Scenarios are played by the simulated fleet.'
              : `${dropped.name} is imported once the fleet is back.`
          }
          action={{ label: 'Back to the live fleet', onClick: () => void commands.closeFile() }}
        />
      </Panel>
    );
  }
  return <Fleet run={run} />;
}

function Fleet({ run }: { readonly run: RunView }) {
  const { commands } = useApp();
  const own = useOwnScenarios();
  const shipped = useShippedScenarios();
  const [busy, setBusy] = useState(false);
  const head = run.info.scenario;
  const play = async (scenario: Scenario, seed: number, isOwn: boolean): Promise<void> => {
    setBusy(true);
    const played = await commands.playScenario(scenario, seed);
    setBusy(false);
    if (!played.ok) return;
    // The address shows what is playing, so that it can be passed on and a reload comes back to it.
    commands.navigate('scenarios', scenarioParams(scenario, seed, isOwn));
    window.scrollTo(0, 0);
  };
  const card = (scenario: Scenario, kept: KeptScenario | undefined) => (
    <ScenarioCard
      key={`${kept?.key ?? scenario.id} ${scenario.seed}`}
      scenario={scenario}
      run={run}
      kept={kept}
      onPlay={busy ? undefined : (seed) => void play(scenario, seed, kept !== undefined)}
    />
  );
  return (
    <div className={layout.page}>
      {head === undefined ? null : (
        <PlayingPanel run={run} name={head.name} scenario={findPlayed(head, shipped.data, own.data?.kept)} />
      )}
      <RecordPanel />
      <OwnPanel own={own}>{(kept) => card(kept.scenario, kept)}</OwnPanel>
      <Panel
        title="Shipped scenarios"
        subtitle="Play starts the fleet anew with the scenario's size and clock and trains new models. Stored alerts, decisions and models stay"
      >
        {shipped.data === undefined ? (
          <EmptyState
            kind={shipped.status === 'failed' ? 'failed' : 'loading'}
            title={shipped.status === 'failed' ? 'The scenarios could not be read' : 'Reading the scenarios'}
            {...(shipped.error === undefined ? {} : { detail: shipped.error })}
          />
        ) : (
          <div className={styles.cards}>{shipped.data.map((scenario) => card(scenario, undefined))}</div>
        )}
      </Panel>
    </div>
  );
}
