import { Square, Zap } from 'lucide-react';
import { type FormEvent, useId, useMemo, useState } from 'react';
import type { RunView } from '../../app/types';
import type { Injection, InjectionRequest } from '../../domain/faults';
import type { FieldProblem } from '../../domain/fields';
import { checkInjectionRequest, type RequestContext } from '../../domain/injection-request';
import { Button } from '../components/Button';
import { Drawer } from '../components/Dialog';
import { EmptyState } from '../components/EmptyState';
import { Tabs } from '../components/Tabs';
import { formatNumber } from '../format';
import { useApp, useAppState, useFacts } from '../hooks';
import { type Draft, firstDraft, toRequest } from './draft';
import { InjectionList } from './InjectionList';
import { groupInjections } from './injection-groups';
import styles from './injector.module.css';
import { JsonEditor } from './JsonEditor';
import { readJsonRequest, writeJsonRequest } from './json-request';
import { problemsOf } from './problems';
import { ProblemList, RequestForm } from './RequestForm';
import { fromRequest } from './read-request';

const TITLE = 'Inject a fault';
const ABOUT = 'The simulated fleet gets it at once; the detectors are not told.';

/** The panel that injects faults into the simulated fleet, and lists and stops them. */
export function Injector() {
  const { commands } = useApp();
  const run = useAppState((state) => state.run);
  const close = (): void => commands.setInjectorOpen(false);
  if (run !== undefined && run.faults.length > 0)
    return <InjectorDrawer key={run.info.runId} run={run} onClose={close} />;
  return (
    <Drawer open onClose={close} title={TITLE} description={ABOUT}>
      {run === undefined ? (
        <EmptyState kind="loading" title="The fleet is starting" />
      ) : (
        <EmptyState
          kind="empty"
          title="Nothing to inject into"
          detail="Faults go into the simulated fleet. This run is a file."
          action={{ label: 'Back to the live fleet', onClick: () => void commands.closeFile() }}
        />
      )}
    </Drawer>
  );
}

type Mode = 'form' | 'json' | 'list';

function InjectorDrawer({ run, onClose }: { readonly run: RunView; readonly onClose: () => void }) {
  const { commands } = useApp();
  const formId = useId();
  const focused = useAppState((state) => state.focusedDevice);
  const facts = useFacts(['injections'], (app) => app.engine.injections());
  const openCount = groupInjections(facts.data ?? []).filter(({ open }) => open.length > 0).length;
  const context = useMemo((): RequestContext => contextOf(run), [run]);
  const [mode, setMode] = useState<Mode>('form');
  const [draft, setDraft] = useState(() => openDraft(run, focused));
  const [text, setText] = useState('');
  /** What is missing is not called wrong before somebody tried to inject. */
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<readonly FieldProblem[]>([]);
  const [outcome, setOutcome] = useState('');
  const [busy, setBusy] = useState(false);

  const checked = checkInjectionRequest(toRequest(draft), context);
  const json = useMemo(() => readJsonRequest(text, context), [text, context]);
  const problems = checked.ok ? refused : checked.error.problems.filter((one) => tried || !isMissing(one, draft));

  const edited = (): void => {
    setRefused([]);
    setOutcome('');
  };
  const change = (part: Partial<Draft>): void => {
    edited();
    setDraft((before) => ({ ...before, ...part }));
  };
  const show = (next: Mode): void => {
    if (next === 'json' && mode !== 'json') setText(writeJsonRequest(toRequest(draft)));
    if (mode === 'json' && next !== 'json') {
      const input = json.kind === 'right' ? json.request : json.input;
      const taken = fromRequest(input, json.kind === 'right' ? [] : json.problems, draft, run.faults);
      setDraft(taken.draft);
      setOutcome(tellLeft(taken.left));
    } else setOutcome('');
    setRefused([]);
    setTried(false);
    setMode(next);
  };
  const inject = async (request: InjectionRequest): Promise<void> => {
    setBusy(true);
    const result = await commands.inject(request);
    setBusy(false);
    if (!result.ok) {
      setRefused(problemsOf(result.error));
      return;
    }
    setTried(false);
    setOutcome(tellOutcome(result.value));
    const [joined] = result.value;
    if (request.target.kind === 'new-device' && mode === 'form' && joined !== undefined)
      setDraft((before) => ({ ...before, target: 'device', deviceId: joined.deviceId, newName: '' }));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    edited();
    setTried(true);
    if (mode === 'json') {
      if (json.kind === 'right') void inject(json.request);
      else setOutcome('Nothing was injected: see what is wrong above.');
    } else if (checked.ok) void inject(checked.value);
    else setOutcome('Nothing was injected: see what is wrong above.');
  };

  const footer =
    mode === 'list' ? (
      <Button
        variant="danger"
        icon={<Square aria-hidden="true" />}
        disabled={openCount === 0}
        onClick={() => void commands.stopAllInjections()}
      >
        Stop all
      </Button>
    ) : (
      <>
        <p className={styles.outcome} role="status">
          {outcome}
        </p>
        <Button type="submit" form={formId} variant="primary" disabled={busy} icon={<Zap aria-hidden="true" />}>
          {busy ? 'Injecting …' : 'Inject'}
        </Button>
      </>
    );
  return (
    <Drawer open onClose={onClose} title={TITLE} description={ABOUT} footer={footer}>
      <Tabs
        label="How to inject"
        value={mode}
        onChange={(key) => show(key === 'json' || key === 'list' ? key : 'form')}
        tabs={[
          {
            key: 'form',
            label: 'Form',
            content: (
              <form id={formId} noValidate onSubmit={submit}>
                <RequestForm run={run} draft={draft} problems={problems} onChange={change} />
              </form>
            ),
          },
          {
            key: 'json',
            label: 'JSON',
            content: (
              <form id={formId} noValidate onSubmit={submit}>
                <JsonEditor
                  text={text}
                  read={json}
                  onChange={(next) => {
                    edited();
                    setText(next);
                  }}
                />
                <ProblemList problems={refused} />
              </form>
            ),
          },
          {
            key: 'list',
            label: openCount === 0 ? 'Running' : `Running (${formatNumber(openCount)})`,
            content: <InjectionList facts={facts} />,
          },
        ]}
      />
    </Drawer>
  );
}

function contextOf({ faults, regions, catalog }: RunView): RequestContext {
  const { devices } = catalog;
  return { faults, regions, devices, roles: [...new Set(devices.map(({ role }) => role))] };
}

function openDraft(run: RunView, focused: number | undefined): Draft {
  const device = run.catalog.devices[focused ?? 0] ?? run.catalog.devices[0];
  return firstDraft(run.faults[0], {
    deviceId: device?.id ?? '',
    role: device?.role ?? '',
    region: device?.region ?? '',
    // From elsewhere, so that the map has something to show.
    origin: (run.regions.find((region) => region.id !== device?.region) ?? run.regions[0])?.id ?? '',
  });
}

function isMissing({ path }: FieldProblem, draft: Draft): boolean {
  return (
    (path === 'target.deviceIds' && draft.deviceIds.length === 0) ||
    (path === 'target.name' && draft.newName.trim() === '')
  );
}

function tellLeft(left: readonly string[]): string {
  if (left.length === 0) return '';
  return left.includes('')
    ? 'The JSON could not be read: the form is as it was.'
    : `Not taken over, because it was wrong: ${left.join(', ')}.`;
}

function tellOutcome(injections: readonly Injection[]): string {
  const of = (status: Injection['status']): readonly Injection[] => injections.filter((one) => one.status === status);
  const on = (some: readonly Injection[]): string => {
    const names = [...new Set(some.map(({ deviceName }) => deviceName))];
    return names.length === 1 ? names[0] : `${formatNumber(names.length)} devices`;
  };
  const [running, scheduled, refused] = [of('running'), of('scheduled'), of('refused')];
  const label = injections[0]?.faultLabel ?? '';
  return [
    running.length > 0 ? `${label} is running on ${on(running)}.` : '',
    scheduled.length > 0 ? `${label} will run on ${on(scheduled)}.` : '',
    refused.length > 0 ? `${on(refused)}: ${refused[0].note}` : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}
