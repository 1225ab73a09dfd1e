import type { DeviceState } from '../../domain/frame';
import { STATE_TOKENS } from './colors';
import styles from './map.module.css';
import { isHollow, markPath } from './mark-shape';

/** A device's mark for an SVG, centred on 0,0. `size`: radius in pixels. */
export function StateMark({ state, size }: { readonly state: DeviceState; readonly size: number }) {
  const colour = `var(${STATE_TOKENS[state]})`;
  return isHollow(state) ? (
    <path d={markPath(state, size)} className={styles.hollow} style={{ stroke: colour }} />
  ) : (
    <path d={markPath(state, size)} className={styles.shape} style={{ fill: colour }} />
  );
}
