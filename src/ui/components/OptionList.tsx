import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { useMedia } from '../hooks';
import { cx } from './cx';
import type { Option } from './fields';
import styles from './option-list.module.css';

const ROWS_SHOWN = 8;
const MARGIN = 4;

interface OptionListProps<V extends string> {
  /** Its own id; option i has the id `${id}-${i}`. */
  readonly id: string;
  readonly label: string;
  readonly anchor: RefObject<HTMLInputElement | null>;
  readonly options: readonly Option<V>[];
  /** The option that is pointed at; -1: none. */
  readonly at: number;
  readonly value: V;
  readonly onChoose: (index: number) => void;
}

/** The list of a combobox, over everything else, of any length: only the options in sight are in the DOM. */
export function OptionList<V extends string>({ id, label, anchor, options, at, value, onChoose }: OptionListProps<V>) {
  const popup = useRef<HTMLDivElement>(null);
  const rowHeight = useMedia('(pointer: coarse)') ? 44 : 32;
  const height = Math.min(ROWS_SHOWN, Math.max(1, options.length)) * rowHeight;
  // Before the virtualizer looks at the height: a popover that is not shown yet has none.
  useLayoutEffect(() => {
    const element = popup.current;
    if (element === null) return;
    const place = (): void => {
      const box = anchor.current?.getBoundingClientRect();
      if (box === undefined) return;
      const below = window.innerHeight - box.bottom - MARGIN;
      const top =
        below >= element.offsetHeight || below >= box.top
          ? box.bottom + MARGIN
          : box.top - element.offsetHeight - MARGIN;
      element.style.left = `${box.left}px`;
      element.style.top = `${Math.max(0, top)}px`;
      element.style.minWidth = `${box.width}px`;
    };
    element.showPopover();
    place();
    const sizes = new ResizeObserver(place);
    sizes.observe(element);
    // In the capturing phase: whatever the field stands in may scroll.
    window.addEventListener('scroll', place, true);
    window.addEventListener('resize', place);
    return () => {
      sizes.disconnect();
      window.removeEventListener('scroll', place, true);
      window.removeEventListener('resize', place);
    };
  }, [anchor]);
  const virtual = useVirtualizer({
    count: options.length,
    getScrollElement: () => popup.current,
    estimateSize: () => rowHeight,
    overscan: 4,
    initialRect: { width: 200, height },
  });
  useEffect(() => {
    if (at >= 0 && at < options.length) virtual.scrollToIndex(at, { align: 'auto' });
  }, [virtual, at, options]);
  const isEmpty = options.length === 0;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the role follows from whether there is an option; the press is only kept from taking the focus
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: as above: named where it is a list
    <div
      ref={popup}
      id={isEmpty ? undefined : id}
      popover="manual"
      role={isEmpty ? 'status' : 'listbox'}
      aria-label={isEmpty ? undefined : label}
      className={styles.popup}
      style={{ maxHeight: ROWS_SHOWN * rowHeight }}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
    >
      {isEmpty ? (
        <p className={styles.none}>Nothing matches</p>
      ) : (
        <div role="presentation" style={{ height: virtual.getTotalSize() }} className={styles.list}>
          {virtual.getVirtualItems().map(({ index, start }) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus and points at the active option
            // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the field chooses it
            <div
              key={options[index].value}
              id={`${id}-${index}`}
              role="option"
              aria-selected={options[index].value === value}
              aria-setsize={options.length}
              aria-posinset={index + 1}
              className={cx(styles.option, index === at && styles.active)}
              style={{ height: rowHeight, transform: `translateY(${start}px)` }}
              onClick={() => onChoose(index)}
            >
              {options[index].label}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
