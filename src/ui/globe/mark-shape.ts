import type { DeviceState } from '../../domain/frame';
import { assertUnreachable } from '../../domain/result';

/**
 * A device's mark as SVG path data, centred on 0,0: each state has its own shape besides its colour. `size`: radius in pixels of a usual mark.
 * The same for an SVG element and for a canvas (`new Path2D(…)`).
 */
export function markPath(state: DeviceState, size: number): string {
  switch (state) {
    case 'ok':
      return circle(size * 0.8);
    case 'warning':
      return `M0 ${-size * 1.3} L${size * 1.25} ${size} L${-size * 1.25} ${size} Z`;
    case 'alert':
      return octagon(size * 1.25);
    case 'quarantined':
      return `M${-size} ${-size} H${size} V${size} H${-size} Z`;
    case 'silent':
      return circle(size * 0.7);
    default:
      return assertUnreachable(state);
  }
}

/** A mark of this state is an outline in its colour; all others are filled with it. */
export function isHollow(state: DeviceState): boolean {
  return state === 'silent';
}

function circle(radius: number): string {
  return `M${-radius} 0 A${radius} ${radius} 0 1 1 ${radius} 0 A${radius} ${radius} 0 1 1 ${-radius} 0 Z`;
}

function octagon(radius: number): string {
  const corners = Array.from({ length: 8 }, (_, i) => {
    const angle = Math.PI / 8 + (i * Math.PI) / 4;
    return `${(radius * Math.cos(angle)).toFixed(2)} ${(radius * Math.sin(angle)).toFixed(2)}`;
  });
  return `M${corners.join(' L')} Z`;
}
