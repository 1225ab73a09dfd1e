import type { DeviceState } from '../../domain/frame';
import { assertUnreachable } from '../../domain/result';
import { STATE_TOKENS } from './colors';
import styles from './map.module.css';

/** A device's mark for an SVG, centred on 0,0: each state has its own shape besides its colour. `size`: radius in pixels. */
export function StateMark({ state, size }: { readonly state: DeviceState; readonly size: number }) {
  const paint = { className: styles.shape, style: { fill: `var(${STATE_TOKENS[state]})` } };
  switch (state) {
    case 'ok':
      return <circle r={size * 0.8} {...paint} />;
    case 'warning':
      return <path d={`M0 ${-size * 1.3} L${size * 1.25} ${size} L${-size * 1.25} ${size} Z`} {...paint} />;
    case 'alert':
      return <path d={octagon(size * 1.25)} {...paint} />;
    case 'quarantined':
      return <rect x={-size} y={-size} width={size * 2} height={size * 2} rx={1.5} {...paint} />;
    case 'silent':
      return <circle r={size * 0.7} className={styles.hollow} style={{ stroke: `var(${STATE_TOKENS.silent})` }} />;
    default:
      return assertUnreachable(state);
  }
}

function octagon(radius: number): string {
  const corners = Array.from({ length: 8 }, (_, i) => {
    const angle = Math.PI / 8 + (i * Math.PI) / 4;
    return `${(radius * Math.cos(angle)).toFixed(2)} ${(radius * Math.sin(angle)).toFixed(2)}`;
  });
  return `M${corners.join(' L')} Z`;
}
