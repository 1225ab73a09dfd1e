/** What is kept of a line to train on: no text, only what it encodes to. */
export interface KeptLine {
  readonly t: number;
  readonly device: number;
  readonly template: number;
  readonly level: number;
  readonly shape: number;
  /** Decaying count at this line, from BurstCounter. */
  readonly burst: number;
  /** Whether the miner learned a template or changed one at this line. */
  readonly novel: boolean;
}

/** n lines as columns, oldest first. */
export interface LineColumns {
  readonly n: number;
  readonly t: Float64Array;
  readonly device: Uint16Array;
  readonly template: Uint32Array;
  readonly level: Uint8Array;
  readonly shape: Uint16Array;
  readonly burst: Float32Array;
  readonly novel: Uint8Array;
}

/** n empty lines. */
export function createColumns(n: number): LineColumns {
  return {
    n,
    t: new Float64Array(n),
    device: new Uint16Array(n),
    template: new Uint32Array(n),
    level: new Uint8Array(n),
    shape: new Uint16Array(n),
    burst: new Float32Array(n),
    novel: new Uint8Array(n),
  };
}

/** Puts a line in the place `at` of the columns. */
export function writeLine(columns: LineColumns, at: number, line: KeptLine): void {
  columns.t[at] = line.t;
  columns.device[at] = line.device;
  columns.template[at] = line.template;
  columns.level[at] = line.level;
  columns.shape[at] = line.shape;
  columns.burst[at] = line.burst;
  columns.novel[at] = line.novel ? 1 : 0;
}
