import { type ModelVersion, thresholdUnit } from '../../../domain/models';
import { Badge } from '../../components/badges';
import { type Column, DataTable } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { Panel } from '../../components/Panel';
import { Time } from '../../components/Time';
import { TwoLines } from '../../components/TwoLines';
import { formatNumber } from '../../format';
import type { Facts } from '../../hooks';
import layout from '../layout.module.css';
import { formatThreshold } from './ModelFacts';

const COLUMNS: readonly Column<ModelVersion>[] = [
  {
    key: 'kind',
    header: 'Model',
    width: 124,
    render: (model) => <span className={layout.strong}>{model.kind === 'metrics' ? 'Metrics' : 'Logs'}</span>,
    sortValue: (model) => model.kind,
  },
  {
    key: 'version',
    header: 'Version',
    width: 88,
    align: 'right',
    render: (model) => model.version,
    sortValue: (model) => model.version,
  },
  {
    key: 'active',
    header: 'In use',
    width: 104,
    render: (model) =>
      model.active ? (
        <Badge tone="ok" shape="check">
          Active
        </Badge>
      ) : (
        <span className={layout.quiet}>replaced</span>
      ),
    sortValue: (model) => Number(model.active),
  },
  {
    key: 'origin',
    header: 'Origin',
    optional: 3,
    width: 104,
    render: (model) => model.origin,
    sortValue: (model) => model.origin,
  },
  {
    key: 'trained',
    header: 'Trained',
    width: 176,
    render: (model) => <Time t={model.trainedAt} style="datetime" />,
    sortValue: (model) => model.trainedAt,
  },
  {
    key: 'rows',
    header: 'Rows',
    width: 96,
    align: 'right',
    render: (model) => formatNumber(model.rows),
    sortValue: (model) => model.rows,
  },
  {
    key: 'features',
    header: 'Features',
    optional: 2,
    width: 96,
    align: 'right',
    render: (model) => formatNumber(model.featureNames.length),
    sortValue: (model) => model.featureNames.length,
  },
  {
    key: 'threshold',
    header: 'Threshold',
    optional: 4,
    width: 112,
    align: 'right',
    render: (model) => <span title={thresholdUnit(model)}>{formatThreshold(model)}</span>,
    sortValue: (model) => model.rawThreshold,
  },
  { key: 'params', header: 'Parameters', optional: 1, render: (model) => <Params model={model} /> },
];

const NARROW_COLUMNS: readonly Column<ModelVersion>[] = [
  {
    key: 'kind',
    header: 'Model',
    render: (model) => (
      <TwoLines
        top={`${model.kind === 'metrics' ? 'Metrics' : 'Logs'}, version ${model.version}`}
        below={<Time t={model.trainedAt} style="datetime" />}
      />
    ),
  },
  COLUMNS[2],
];

const NEWEST = { key: 'trained', order: 'down' } as const;

/** Every stored version of both models. */
export function VersionTable({ facts }: { readonly facts: Facts<readonly ModelVersion[]> }) {
  return (
    <Panel title="Stored versions" flush>
      <DataTable
        rows={facts.data ?? []}
        columns={COLUMNS}
        narrowColumns={NARROW_COLUMNS}
        rowKey={(model) => model.id}
        caption="Stored versions of both models"
        height={260}
        initialSort={NEWEST}
        empty={
          facts.status === 'loading' ? (
            <EmptyState kind="loading" title="Reading the versions" />
          ) : facts.status === 'failed' ? (
            <EmptyState
              kind="failed"
              title="The versions could not be read"
              detail={facts.error}
              action={{ label: 'Try again', onClick: facts.reload }}
            />
          ) : (
            <EmptyState kind="empty" title="No version yet" detail="A version is stored after each training." />
          )
        }
      />
    </Panel>
  );
}

function Params({ model }: { readonly model: ModelVersion }) {
  const text = Object.entries(model.params)
    .map(([label, value]) => `${label} ${typeof value === 'number' ? formatNumber(value, 4) : value}`)
    .join(' · ');
  return (
    <span className={layout.quiet} title={text}>
      {text}
    </span>
  );
}
