/** The theme's colours as the charts need them: canvas and Plotly cannot read custom properties. */
export interface ChartColours {
  readonly text: string;
  readonly textQuiet: string;
  readonly grid: string;
  readonly surface: string;
  readonly track: string;
  readonly accent: string;
  readonly ok: string;
  readonly categories: readonly string[];
  /** Fills by severity: brighter than the words of the same severity may be. */
  readonly marks: Readonly<Record<'warning' | 'minor' | 'major' | 'critical', string>>;
}

/** Reads the tokens of the present theme. */
export function readColours(): ChartColours {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    text: token('--text'),
    textQuiet: token('--text-2'),
    grid: token('--grid'),
    surface: token('--surface'),
    track: token('--surface-3'),
    accent: token('--accent'),
    ok: token('--ok'),
    categories: [1, 2, 3, 4, 5, 6, 7].map((n) => token(`--cat-${n}`)),
    marks: {
      warning: token('--mark-warning'),
      minor: token('--mark-minor'),
      major: token('--mark-major'),
      critical: token('--mark-critical'),
    },
  };
}

/** `#rrggbb` with an opacity 0..1, as Plotly takes it. Anything else is given back as it is. */
export function fade(colour: string, opacity: number): string {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (match === null) return colour;
  const [red, green, blue] = match.slice(1).map((part) => Number.parseInt(part, 16));
  return `rgba(${red}, ${green}, ${blue}, ${opacity})`;
}
