import type { TemplateEvent } from '../../../domain/verdicts';
import { Badge } from '../../components/badges';
import { type Column, DataTable } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { Time } from '../../components/Time';
import { TwoLines } from '../../components/TwoLines';
import type { Facts } from '../../hooks';
import layout from '../layout.module.css';
import { TemplateText } from './TemplateText';

const NEWEST = { key: 't', order: 'down' } as const;

const WHEN: Column<TemplateEvent> = {
  key: 't',
  header: 'When',
  optional: 1,
  width: 176,
  render: (event) => <Time t={event.t} style="datetime" />,
  sortValue: (event) => event.t,
};
const WHAT: Column<TemplateEvent> = {
  key: 'kind',
  header: 'What',
  width: 108,
  render: (event) => <EventBadge kind={event.kind} />,
  sortValue: (event) => event.kind,
};
const TEMPLATE: Column<TemplateEvent> = {
  key: 'text',
  header: 'Template',
  render: (event) => (
    <span title={event.text}>
      <TemplateText text={event.text} />
    </span>
  ),
  sortValue: (event) => event.text,
};
const OTHER: Column<TemplateEvent> = {
  key: 'other',
  header: 'From or into',
  render: (event) => (
    <span title={event.otherText}>
      <TemplateText text={event.otherText} />
    </span>
  ),
  sortValue: (event) => event.otherText,
};

const COLUMNS = [WHEN, WHAT, TEMPLATE, OTHER];
const NARROW_COLUMNS: readonly Column<TemplateEvent>[] = [
  { ...WHAT, width: 104 },
  { ...TEMPLATE, render: (event) => <TwoLines top={event.text} below={event.otherText} /> },
];

/** What became of templates while lines were read: the newest splits and merges. */
export function TemplateEvents({ facts }: { readonly facts: Facts<readonly TemplateEvent[]> }) {
  return (
    <section aria-label="Splits and merges of templates">
      <div className={layout.toolbar}>
        <span className={layout.count}>Splits and merges</span>
      </div>
      <DataTable
        rows={facts.data ?? []}
        columns={COLUMNS}
        narrowColumns={NARROW_COLUMNS}
        rowKey={keyOf}
        caption="Splits and merges of templates"
        height={260}
        rowHeight={32}
        initialSort={NEWEST}
        empty={
          facts.status === 'failed' ? (
            <EmptyState
              kind="failed"
              title="The splits and merges could not be read"
              detail={facts.error}
              action={{ label: 'Try again', onClick: facts.reload }}
            />
          ) : facts.data === undefined ? (
            <EmptyState kind="loading" title="Reading the splits and merges" />
          ) : (
            <EmptyState
              kind="empty"
              title="No split or merge so far"
              detail="A template is split when a word that was always the same differs, and merged when that word turns out to be a parameter."
            />
          )
        }
      />
    </section>
  );
}

/** `Split` or `Merged`, with its shape. */
export function EventBadge({ kind }: { readonly kind: TemplateEvent['kind'] }) {
  return kind === 'split' ? (
    <Badge tone="accent" shape="diamond">
      Split
    </Badge>
  ) : (
    <Badge tone="quiet" shape="circle">
      Merged
    </Badge>
  );
}

/** A template is split off once and merged once. */
function keyOf({ kind, template, t }: TemplateEvent): string {
  return `${kind} ${template} ${t}`;
}
