import { useEffect, useRef } from 'react';
import styles from './pick.module.css';
import { pickRows, sharePicked } from './picking';

/** Rows of a table that can be ticked, to do something with several at once. */
export interface Picking<T> {
  /** Keys of the ticked rows. */
  readonly picked: ReadonlySet<string>;
  readonly onChange: (picked: ReadonlySet<string>) => void;
  /** What a row is called, for screen readers. */
  readonly nameOf: (row: T) => string;
}

interface PickCellProps {
  readonly label: string;
  readonly state: 'none' | 'some' | 'all';
  /** range: shift was held. */
  readonly onChange: (on: boolean, range: boolean) => void;
}

/** A tick box in a table, large enough to hit; its name is for screen readers. */
function PickCell({ label, state, onChange }: PickCellProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = state === 'some';
  }, [state]);
  return (
    <label className={styles.pick}>
      <input
        ref={box}
        type="checkbox"
        checked={state === 'all'}
        onChange={({ target, nativeEvent }) =>
          onChange(target.checked, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
        }
        // With shift held a click on the label would also mark text.
        onMouseDown={(event) => {
          if (event.shiftKey) event.preventDefault();
        }}
      />
      <span className="visually-hidden">{label}</span>
    </label>
  );
}

interface PickColumnProps<T> {
  readonly picking: Picking<T>;
  /** Keys of all rows as they are shown. */
  readonly order: readonly string[];
}

/** The tick box of the head: all rows or none. */
export function PickAll<T>({ picking, order }: PickColumnProps<T>) {
  return (
    <PickCell
      label="Select all"
      state={sharePicked(order, picking.picked)}
      onChange={(on) => picking.onChange(new Set(on ? order : []))}
    />
  );
}

/** The tick box of a row. anchor: where the row that was clicked before is kept. */
export function PickRow<T>({
  picking,
  order,
  row,
  rowKey,
  anchor,
}: PickColumnProps<T> & {
  readonly row: T;
  readonly rowKey: string;
  readonly anchor: { current: string | undefined };
}) {
  const { picked, onChange, nameOf } = picking;
  return (
    <PickCell
      label={`Select ${nameOf(row)}`}
      state={picked.has(rowKey) ? 'all' : 'none'}
      onChange={(on, range) => {
        onChange(pickRows({ order, picked, key: rowKey, on, anchor: anchor.current, range }));
        anchor.current = rowKey;
      }}
    />
  );
}
