import type { ColumnMapping, FilePreview } from '../../../app/types';
import { type Column, DataTable } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { formatNumber } from '../../format';
import layout from '../layout.module.css';
import { roleOf } from './mapping';

type Row = { readonly key: string; readonly cells: readonly string[] };

const LOG_COLUMNS = ['Time', 'Level', 'Device', 'Message'];

/** The first rows of a file as text, nothing interpreted. */
export function PreviewRows({ preview, mapping }: { readonly preview: FilePreview; readonly mapping: ColumnMapping }) {
  const isLog = preview.kind === 'logs';
  const names = isLog ? LOG_COLUMNS : preview.columns;
  const columns = names.map((name, i): Column<Row> => {
    const role = isLog ? undefined : roleOf(name, mapping);
    return {
      key: String(i),
      header: role === undefined || role === 'ignore' ? name : `${name} · ${role}`,
      width: isLog && i < 3 ? [200, 96, 140][i] : isLog ? undefined : 160,
      render: (row) => (
        <span className={role === 'ignore' ? layout.quiet : layout.mono} title={row.cells[i]}>
          {row.cells[i] ?? ''}
        </span>
      ),
    };
  });
  const rows = preview.rows.map((cells, i): Row => ({ key: String(i), cells }));
  return (
    <section className={layout.section} aria-label="First rows">
      <h3 className={layout.heading}>First {rows.length === 1 ? 'row' : `${formatNumber(rows.length)} rows`}</h3>
      <DataTable
        rows={rows}
        columns={columns}
        rowKey={(row) => row.key}
        caption="First rows of the file"
        height={Math.min(272, 34 + Math.max(1, rows.length) * 28 + 12)}
        rowHeight={28}
        empty={<EmptyState kind="empty" title="The file has no rows" />}
      />
    </section>
  );
}
