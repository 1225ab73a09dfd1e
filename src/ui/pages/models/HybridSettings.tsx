import { useEffect, useState } from 'react';
import type { ParamSpec } from '../../../domain/params';
import { samplesPerDayAt } from '../../../domain/sensitivity';
import { SETTING_SPECS, type Settings } from '../../../domain/settings';
import { Button } from '../../components/Button';
import { EmptyState } from '../../components/EmptyState';
import { NumberField, SwitchField } from '../../components/fields';
import { Panel } from '../../components/Panel';
import { formatNumber, formatPercent } from '../../format';
import { useApp, useAppState } from '../../hooks';
import layout from '../layout.module.css';
import { useSettingsDraft } from '../use-settings-draft';
import { budgetOfPercent, contaminationSpec, percentOfBudget } from './contamination';

const SECOND_MS = 1000;

type NumberKey = 'falseAlarmsPerDay' | 'metricWeight' | 'logWeight' | 'alarmAt' | 'retrainEvery';

/** How scores become alarms: sensitivity, weights, alarm value and automatic retraining; with a preview before applying. */
export function HybridSettings() {
  const settings = useAppState((state) => state.run?.settings);
  return (
    <Panel title="How scores become alarms" subtitle="hybrid = weight of metrics × metrics + weight of logs × logs">
      {settings === undefined ? (
        <EmptyState kind="loading" title="Reading the settings" />
      ) : (
        <Form settings={settings} />
      )}
    </Panel>
  );
}

function Form({ settings }: { readonly settings: Settings }) {
  const { draft, change, changed, reset, apply, busy } = useSettingsDraft(settings);
  const perDay = useAppState((state) => samplesPerDayAt(state.run?.info.stepMs ?? SECOND_MS));
  const budget = specOf('falseAlarmsPerDay');
  const number = (key: NumberKey) => (
    <NumberField spec={specOf(key)} value={draft[key]} onChange={(value) => change({ [key]: value })} />
  );
  return (
    <div className={layout.form}>
      <div className={layout.fields}>
        {number('falseAlarmsPerDay')}
        <NumberField
          spec={contaminationSpec(budget, perDay)}
          value={percentOfBudget(draft.falseAlarmsPerDay, perDay)}
          onChange={(percent) => change({ falseAlarmsPerDay: budgetOfPercent(percent, perDay, budget) })}
        />
        {number('alarmAt')}
        {number('metricWeight')}
        {number('logWeight')}
      </div>
      <SwitchField
        label="Retrain automatically"
        help="Never on rows that were flagged, nor on quarantined devices; never in place of an imported model."
        checked={draft.autoRetrain}
        onChange={(autoRetrain) => change({ autoRetrain })}
      />
      {draft.autoRetrain ? <div className={layout.fields}>{number('retrainEvery')}</div> : null}
      <Preview draft={draft} changed={changed} />
      <div className={layout.buttons}>
        <Button variant="primary" disabled={!changed || busy} onClick={apply}>
          Apply
        </Button>
        <Button disabled={!changed || busy} onClick={reset}>
          Discard
        </Button>
      </div>
    </div>
  );
}

type Seen =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'ready'; readonly flagged: number; readonly flaggedNow: number; readonly of: number }
  | { readonly kind: 'failed'; readonly why: string };

/** A preview reads the stored history: not at each keystroke. */
const TYPING_MS = 350;

/** What the changed settings would have flagged on the stored history, against what is flagged with the present ones. */
function Preview({ draft, changed }: { readonly draft: Settings; readonly changed: boolean }) {
  const { engine } = useApp();
  const [seen, setSeen] = useState<Seen>({ kind: 'idle' });
  useEffect(() => {
    if (!changed) {
      setSeen({ kind: 'idle' });
      return;
    }
    let dropped = false;
    const timer = setTimeout(() => {
      setSeen((before) => (before.kind === 'ready' ? before : { kind: 'asking' }));
      engine
        .previewSensitivity(draft)
        .then((answer) => {
          if (!dropped) setSeen({ kind: 'ready', ...answer });
        })
        .catch((error: unknown) => {
          if (!dropped) setSeen({ kind: 'failed', why: error instanceof Error ? error.message : String(error) });
        });
    }, TYPING_MS);
    return () => {
      dropped = true;
      clearTimeout(timer);
    };
  }, [engine, draft, changed]);

  return (
    <p className={layout.good} role="status">
      {wordsFor(seen)}
    </p>
  );
}

function wordsFor(seen: Seen): string {
  switch (seen.kind) {
    case 'idle':
      return 'Change a value to see what it would have flagged on the stored history.';
    case 'asking':
      return 'Looking at the stored history…';
    case 'failed':
      return `The preview failed: ${seen.why}`;
    case 'ready':
      return seen.of === 0
        ? 'There is no stored history yet to try this on.'
        : `Would have flagged ${formatNumber(seen.flagged)} of ${formatNumber(seen.of)} stored samples (${formatPercent(seen.flagged / seen.of, 2)}); now it is ${formatNumber(seen.flaggedNow)} (${formatPercent(seen.flaggedNow / seen.of, 2)}).`;
  }
}

function specOf(key: NumberKey): ParamSpec {
  const spec = SETTING_SPECS.find((candidate) => candidate.key === key);
  if (spec === undefined) throw new Error(`no description of the setting ${key}`);
  return spec;
}
