import { useEffect, useState } from 'react';
import { formatHash } from '../../../app/route';
import { DeviceFilter } from '../../components/DeviceField';
import { TextField } from '../../components/fields';
import { MissingDevice } from '../../components/Missing';
import panel from '../../components/panel.module.css';
import { Tabs } from '../../components/Tabs';
import { useApp, useAppState, useRoute } from '../../hooks';
import layout from '../layout.module.css';
import { LevelFilter } from './LevelFilter';
import { LiveLogs } from './LiveLogs';
import { type LogFilter, readLogFilter, toggleLevel, writeLogFilter } from './log-filter';
import { StoredLogs } from './StoredLogs';
import { TemplateTable } from './TemplateTable';

/** Typing changes the address only after a pause. */
const TYPING_MS = 250;

/** The log: live, stored and as templates; one filter for all, in the address. */
export function LogsPage() {
  const { commands } = useApp();
  const { params } = useRoute();
  const known = useAppState((state) => state.run?.catalog.devices);
  const filter = readLogFilter(params);
  const tab = params.tab ?? 'live';
  const change = (next: LogFilter): void => commands.navigate('logs', writeLogFilter(params, next));
  const reset = (): void => change({ text: '', levels: [], device: undefined });
  const [text, setText] = useDelayed(filter.text, (value) => change({ ...readLogFilter(params), text: value }));
  const showStored = (): void => commands.navigate('logs', { ...params, tab: 'stored' });

  return (
    <section className={panel.panel} aria-label="System logs">
      <div className={layout.toolbar} style={{ paddingTop: 12 }}>
        <TextField compact type="search" label="Search message, template, device" value={text} onChange={setText} />
        <DeviceFilter value={filter.device} onChange={(device) => change({ ...filter, device })} />
        <LevelFilter
          levels={filter.levels}
          onToggle={(level) => change({ ...filter, levels: toggleLevel(filter.levels, level) })}
        />
      </div>
      <MissingDevice
        id={filter.device}
        known={known}
        back={{ label: 'Show all devices', href: formatHash({ page: 'logs', params: { ...params, device: '' } }) }}
      />
      <Tabs
        label="Which log"
        value={tab}
        onChange={(next) => commands.navigate('logs', { ...params, tab: next })}
        tabs={[
          {
            key: 'live',
            label: 'Live',
            content: <LiveLogs filter={filter} onReset={reset} onStored={showStored} />,
          },
          { key: 'stored', label: 'Stored', content: <StoredLogs filter={filter} onReset={reset} /> },
          { key: 'templates', label: 'Templates', content: <TemplateTable text={filter.text} onReset={reset} /> },
        ]}
      />
    </section>
  );
}

/** A text that is shown at once and handed on after a pause; follows `value` when that changes from outside. */
function useDelayed(value: string, onSettled: (value: string) => void): [string, (value: string) => void] {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a keystroke starts the clock
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onSettled(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return [text, setText];
}
