import { useMemo } from 'react';
import { formatHash } from '../../../app/route';
import type { TemplateInfo } from '../../../domain/verdicts';
import { type Column, DataTable } from '../../components/DataTable';
import { Drawer } from '../../components/Dialog';
import { EmptyState } from '../../components/EmptyState';
import { Missing } from '../../components/Missing';
import { Time } from '../../components/Time';
import { TwoLines } from '../../components/TwoLines';
import { formatCount } from '../../format';
import { useApp, useFacts, useLiveCallback, useRoute } from '../../hooks';
import layout from '../layout.module.css';
import styles from './logs.module.css';
import { TemplateDetail } from './TemplateDetail';
import { TemplateEvents } from './TemplateEvents';
import { TemplateText } from './TemplateText';
import { hasWords, searchTextOf } from './template-relations';

const COLUMNS: readonly Column<TemplateInfo>[] = [
  {
    key: 'count',
    header: 'Lines',
    width: 84,
    align: 'right',
    render: (template) => formatCount(template.count),
    sortValue: (template) => template.count,
  },
  {
    key: 'text',
    header: 'Template',
    width: 320,
    render: (template) => (
      <span title={template.text}>
        <TemplateText text={template.text} example={template.example} />
      </span>
    ),
    sortValue: (template) => template.text,
  },
  {
    key: 'first',
    header: 'First seen',
    optional: 1,
    width: 176,
    render: (template) => <Time t={template.firstSeen} style="datetime" />,
    sortValue: (template) => template.firstSeen,
  },
  {
    key: 'last',
    header: 'Last seen',
    width: 176,
    render: (template) => <Time t={template.lastSeen} style="datetime" />,
    sortValue: (template) => template.lastSeen,
  },
  {
    key: 'example',
    header: 'Example',
    optional: 2,
    render: (template) => (
      <span className={layout.mono} title={template.example}>
        {template.example}
      </span>
    ),
  },
];

const NARROW_COLUMNS: readonly Column<TemplateInfo>[] = [
  { ...COLUMNS[0], width: 76 },
  {
    ...COLUMNS[1],
    width: undefined,
    render: (template) => (
      <TwoLines
        top={
          <span className={styles.line}>
            {hasWords(template.text) ? template.text : `lines like ${template.example}`}
          </span>
        }
        below={template.example}
      />
    ),
  },
];

const REFRESH_SECONDS = 5;
const MOST_FREQUENT = { key: 'count', order: 'down' } as const;

/** The templates mined from the log: constant words, `<*>` where lines differ. A click shows one in full. */
export function TemplateTable({ text, onReset }: { readonly text: string; readonly onReset: () => void }) {
  const { commands } = useApp();
  const { params } = useRoute();
  const facts = useFacts(['templates'], (app) => app.engine.templates());
  const events = useFacts(['templates'], (app) => app.engine.templateEvents());
  // Counts grow all the time: asked for again now and then, not at each line.
  useLiveCallback(1 / REFRESH_SECONDS, () => {
    facts.reload();
    events.reload();
  });
  const wanted = text.trim().toLowerCase();
  const rows = useMemo(
    () =>
      (facts.data ?? []).filter((template) => `${template.text}\n${template.example}`.toLowerCase().includes(wanted)),
    [facts.data, wanted],
  );
  const selected = facts.data?.find((template) => String(template.id) === params.template);
  // Before the first lines there is none at all, and it may yet come.
  const isKnown = selected !== undefined || (facts.data ?? []).length === 0;
  const missing = isKnown || params.template === '' ? undefined : params.template;
  const { template: _, ...others } = params;
  const show = (template: TemplateInfo | undefined): void =>
    commands.navigate('logs', template === undefined ? others : { ...others, template: String(template.id) });
  return (
    <>
      <div className={layout.toolbar}>
        <span className={layout.count}>
          {formatCount(rows.length)} of {formatCount(facts.data?.length ?? 0)} templates; pick one to see it in full
        </span>
      </div>
      <DataTable
        rows={rows}
        columns={COLUMNS}
        narrowColumns={NARROW_COLUMNS}
        rowKey={(template) => String(template.id)}
        onRowActivate={show}
        selectedKey={params.template}
        caption="Log templates"
        height={600}
        rowHeight={32}
        initialSort={MOST_FREQUENT}
        empty={
          facts.status === 'loading' ? (
            <EmptyState kind="loading" title="Reading the templates" />
          ) : facts.status === 'failed' ? (
            <EmptyState
              kind="failed"
              title="The templates could not be read"
              detail={facts.error}
              action={{ label: 'Try again', onClick: facts.reload }}
            />
          ) : facts.data?.length === 0 ? (
            <EmptyState kind="empty" title="No template yet" detail="They are mined from the first lines." />
          ) : (
            <EmptyState
              kind="no-match"
              title="No template matches"
              action={{ label: 'Clear the filter', onClick: onReset }}
            />
          )
        }
      />
      <TemplateEvents facts={events} />
      <Drawer open={selected !== undefined || missing !== undefined} onClose={() => show(undefined)} title="Template">
        {missing === undefined ? null : (
          <Missing
            what="template"
            id={missing}
            detail="It was merged into another, or the link is of another run."
            back={{ label: 'Show all templates', href: formatHash({ page: 'logs', params: others }) }}
          />
        )}
        {selected === undefined || facts.data === undefined ? null : (
          <TemplateDetail
            template={selected}
            all={facts.data}
            events={events.data ?? []}
            hrefOf={({ id }) => formatHash({ page: 'logs', params: { ...others, template: String(id) } })}
            onShowLines={() => commands.navigate('logs', { tab: 'stored', text: searchTextOf(selected.text) })}
          />
        )}
      </Drawer>
    </>
  );
}
