import { useEffect } from 'react';
import { Panel } from '../../components/Panel';
import { Stat } from '../../components/Stat';
import { formatCount } from '../../format';
import { useAppState, useFacts, useLive } from '../../hooks';
import layout from '../layout.module.css';
import { DecisionHistory } from './DecisionHistory';
import { QuarantineByHand } from './QuarantineByHand';
import { QuarantineList } from './QuarantineList';

const MODE_WORDS = {
  enforce: 'Enforced',
  simulate: 'Simulated',
  off: 'Off',
} as const;

const MODE_HINTS = {
  enforce: 'listed devices are refused',
  simulate: 'shown here, but nothing is refused',
  off: 'no device is quarantined by policy',
} as const;

/** Who is quarantined and why, what was refused, and every decision so far. */
export function QuarantinePage() {
  const list = useFacts(['decisions'], (app) => app.engine.quarantineList());
  const mode = useAppState((state) => state.run?.settings.quarantine);
  const refusedSamples = useAppState((state) => state.frame?.kpis.refusedSamples);
  const refusedBatches = useAppState((state) => state.frame?.kpis.refusedBatches);
  // Refused data is counted without a change of decisions.
  const live = useLive(0.5);
  const { reload } = list;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `live` says that counts may have grown
  useEffect(() => reload(), [live, reload]);
  const entries = list.data ?? [];

  return (
    <div className={layout.page}>
      <Panel title="Gate" subtitle="A quarantined device's data is refused before it is scored, stored or learned from">
        <div className={layout.stats}>
          <Stat
            label="In quarantine"
            value={list.data === undefined ? '–' : formatCount(entries.length)}
            hint="devices"
          />
          <Stat label="Refused batches" value={formatCount(refusedBatches)} hint="in this run" />
          <Stat label="Refused samples" value={formatCount(refusedSamples)} hint="in this run" />
          <Stat
            label="Policy"
            value={mode === undefined ? '–' : MODE_WORDS[mode]}
            hint={mode === undefined ? '' : <span title={MODE_HINTS[mode]}>{MODE_HINTS[mode]}</span>}
          />
        </div>
      </Panel>
      <QuarantineList facts={list} />
      <div className={layout.sideLeft}>
        <QuarantineByHand quarantined={entries.map((entry) => entry.deviceId)} />
        <DecisionHistory />
      </div>
    </div>
  );
}
