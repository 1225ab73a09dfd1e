export type ShapeKind =
  | 'triangle'
  | 'circle'
  | 'diamond'
  | 'octagon'
  | 'check'
  | 'lock'
  | 'ring'
  | 'dash'
  | 'square'
  | 'cross';

const PATHS: Readonly<Record<ShapeKind, string>> = {
  triangle: 'M6 1 11.4 10.6H.6Z',
  circle: 'M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1Z',
  diamond: 'M6 .4 11.6 6 6 11.6.4 6Z',
  octagon: 'M3.7.5h4.6l3.2 3.2v4.6l-3.2 3.2H3.7L.5 8.3V3.7Z',
  check: 'M1.2 6.6 2.6 5.2 4.8 7.4 9.6 2.4 11 3.8 4.8 10.2Z',
  lock: 'M3 5V3.8a3 3 0 0 1 6 0V5h1v6.4H2V5Zm1.4 0h3.2V3.8a1.6 1.6 0 0 0-3.2 0Z',
  ring: 'M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1Zm0 1.7a3.3 3.3 0 1 0 0 6.6 3.3 3.3 0 0 0 0-6.6Z',
  dash: 'M1.5 5h9v2h-9Z',
  square: 'M1.5 1.5h9v9h-9Z',
  cross: 'M2.4 1 6 4.6 9.6 1 11 2.4 7.4 6 11 9.6 9.6 11 6 7.4 2.4 11 1 9.6 4.6 6 1 2.4Z',
};

/** A small glyph, so that a state can be told by its shape and not by colour alone. Decorative: the word stands beside it. */
export function Shape({ kind }: { readonly kind: ShapeKind }) {
  return (
    <svg viewBox="0 0 12 12" width="12" height="12" fill="currentColor" aria-hidden="true" focusable="false">
      <path fillRule="evenodd" d={PATHS[kind]} />
    </svg>
  );
}
