import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useMedia } from '../hooks';
import { cx } from './cx';
import styles from './data-table.module.css';
import { chooseColumns, columnsWidth } from './fit-columns';
import { PickAll, type Picking, PickRow } from './Pick';
import { nextSort, type SortState, sortRows } from './sort';
import { useWidth } from './use-width';

export interface Column<T> {
  readonly key: string;
  readonly header: string;
  readonly render: (row: T) => ReactNode;
  /** Makes the column sortable. */
  readonly sortValue?: (row: T) => number | string;
  /** Pixels. Columns without one share what is left, each at least 120. */
  readonly width?: number;
  readonly align?: 'left' | 'right' | 'center';
  /** Left out where the table has no room for all, the one of the smallest number first. */
  readonly optional?: number;
}

export interface DataTableProps<T> {
  readonly rows: readonly T[];
  readonly columns: readonly Column<T>[];
  /** Shown instead where `columns` would be cut, as on a phone: few enough to fit into 320 px, each row `narrowRowHeight` tall. */
  readonly narrowColumns?: readonly Column<T>[];
  readonly rowKey: (row: T) => string;
  /** Click, Enter or Space on a row. */
  readonly onRowActivate?: (row: T) => void;
  readonly selectedKey?: string;
  /** Shown instead of rows, an EmptyState. */
  readonly empty: ReactNode;
  /** What the table holds, for screen readers. */
  readonly caption: string;
  /** Height of the whole table in pixels, at most 1200 so that never more than 60 rows are in the DOM. */
  readonly height?: number;
  /** Pixels; default 36. */
  readonly rowHeight?: number;
  /** Pixels of a row of `narrowColumns`; default 52, two lines. */
  readonly narrowRowHeight?: number;
  readonly initialSort?: SortState;
  /** A column of tick boxes at the left: shift ticks all between two, the head's all. */
  readonly picking?: Picking<T>;
}

const HEAD_HEIGHT = 32;
const OVERSCAN = 8;
const MAX_HEIGHT = 1200;
const NARROW_EMPTY = 260;
const PHONE = '(max-width: 640px)';
const PICK_WIDTH = 48;

/** A table of any length: only the rows in sight are in the DOM; headers sort; rows move by arrow keys; scrolls inside itself only. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { rows, rowKey, onRowActivate, selectedKey, empty, caption, initialSort, picking } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const room = useWidth(scroll);
  const picks = picking !== undefined;
  const { columns, isNarrow } = useMemo(
    () => chooseColumns(props.columns, props.narrowColumns, room - (picks ? PICK_WIDTH : 0)),
    [props.columns, props.narrowColumns, room, picks],
  );
  const rowHeight = isNarrow ? (props.narrowRowHeight ?? 52) : (props.rowHeight ?? 36);
  const isPhone = useMedia(PHONE) && isNarrow;
  const height = tableHeight(Math.min(MAX_HEIGHT, props.height ?? 360), isPhone ? rows.length * rowHeight : undefined);
  const [sort, setSort] = useState<SortState | undefined>(initialSort);
  const sorted = useMemo(() => {
    const column = [...columns, ...props.columns].find((one) => one.key === sort?.key);
    return sort === undefined || column?.sortValue === undefined ? rows : sortRows(rows, column.sortValue, sort.order);
  }, [rows, columns, props.columns, sort]);
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    initialRect: { width: 800, height },
  });
  // Sizes are remembered by the virtualizer: a turned phone changes them all.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row height is what makes the remembered sizes wrong
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const items = virtual.getVirtualItems();
  const before = items.length > 0 ? items[0].start : 0;
  const after = items.length > 0 ? virtual.getTotalSize() - items[items.length - 1].end : 0;
  const order = useMemo(() => (picks ? sorted.map(rowKey) : []), [picks, sorted, rowKey]);
  const anchor = useRef<string>(undefined);
  const span = columns.length + (picks ? 1 : 0);
  const minWidth = columnsWidth(columns) + (picks ? PICK_WIDTH : 0);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, and a section would be one landmark too many
    <div
      ref={scroll}
      className={styles.scroll}
      style={{ height }}
      role="group"
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
    >
      <table
        className={styles.table}
        style={{ minWidth, height: sorted.length === 0 ? '100%' : undefined }}
        aria-rowcount={sorted.length + 1}
      >
        <caption className="visually-hidden">{caption}</caption>
        <colgroup>
          {picking === undefined ? null : <col style={{ width: PICK_WIDTH }} />}
          {columns.map((column) => (
            <col key={column.key} style={column.width === undefined ? undefined : { width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr style={{ height: HEAD_HEIGHT }} aria-rowindex={1}>
            {picking === undefined ? null : (
              <th scope="col" className={styles.head}>
                <PickAll picking={picking} order={order} />
              </th>
            )}
            {columns.map((column) => (
              <HeadCell
                key={column.key}
                column={column}
                sort={sort?.key === column.key ? sort.order : undefined}
                onSort={() => setSort((now) => nextSort(now, column.key))}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.length === 0 ? (
            <tr>
              <td colSpan={span}>{empty}</td>
            </tr>
          ) : null}
          <Spacer height={before} columns={span} />
          {items.map((item) => {
            const row = sorted[item.index];
            const key = rowKey(row);
            return (
              <tr
                key={key}
                data-row={item.index}
                aria-rowindex={item.index + 2}
                aria-current={key === selectedKey ? 'true' : undefined}
                className={cx(
                  styles.row,
                  onRowActivate !== undefined && styles.active,
                  key === selectedKey && styles.selected,
                )}
                style={{ height: rowHeight }}
                tabIndex={onRowActivate === undefined ? undefined : 0}
                onClick={
                  onRowActivate === undefined
                    ? undefined
                    : (event) => {
                        if (!isControl(event.target, event.currentTarget)) onRowActivate(row);
                      }
                }
                onKeyDown={
                  onRowActivate === undefined ? undefined : (event) => moveOrActivate(event, () => onRowActivate(row))
                }
              >
                {picking === undefined ? null : (
                  <td className={styles.cell}>
                    <PickRow picking={picking} order={order} row={row} rowKey={key} anchor={anchor} />
                  </td>
                )}
                {columns.map((column) => (
                  <td key={column.key} className={cx(styles.cell, alignClass(column.align))}>
                    {column.render(row)}
                  </td>
                ))}
              </tr>
            );
          })}
          <Spacer height={after} columns={span} />
        </tbody>
      </table>
    </div>
  );
}

/** In pixels. A phone scrolls past every empty row, so that there a short table ends with its last one. */
function tableHeight(asked: number, narrowRows: number | undefined): number {
  if (narrowRows === undefined) return asked;
  return Math.min(asked, narrowRows === 0 ? NARROW_EMPTY : HEAD_HEIGHT + narrowRows + 1);
}

function HeadCell<T>({
  column,
  sort,
  onSort,
}: {
  readonly column: Column<T>;
  readonly sort: SortState['order'] | undefined;
  readonly onSort: () => void;
}) {
  return (
    <th
      scope="col"
      className={cx(styles.head, alignClass(column.align))}
      aria-sort={sort === undefined ? undefined : sort === 'up' ? 'ascending' : 'descending'}
    >
      {column.sortValue === undefined ? (
        column.header
      ) : (
        <button type="button" className={styles.sort} onClick={onSort}>
          {column.header}
          <span className={styles.arrow} aria-hidden="true">
            {sort === 'up' ? '▲' : sort === 'down' ? '▼' : ''}
          </span>
        </button>
      )}
    </th>
  );
}

/** Keeps the scrollbar honest for the rows that are not in the DOM. */
function Spacer({ height, columns }: { readonly height: number; readonly columns: number }) {
  if (height <= 0) return null;
  return (
    <tr className={styles.spacer}>
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}

function alignClass(align: Column<unknown>['align']): string | undefined {
  return align === 'right' ? styles.right : align === 'center' ? styles.center : undefined;
}

/** Whether a click was meant for a control inside the row. */
function isControl(target: EventTarget, row: Element): boolean {
  if (!(target instanceof Element)) return false;
  const control = target.closest('button, a, input, select, label');
  return control !== null && row.contains(control);
}

function moveOrActivate(event: KeyboardEvent<HTMLTableRowElement>, activate: () => void): void {
  if (event.target !== event.currentTarget) return;
  const row = event.currentTarget;
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    event.stopPropagation();
    activate();
    return;
  }
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const next = row.parentElement?.querySelector(`[data-row="${Number(row.dataset.row) + step}"]`);
  if (!(next instanceof HTMLElement)) return;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}
