/**
 * As much of a WebAssembly assembler as the kernels of scripts/wasm need: instructions are lists of bytes in the order of the binary format
 * (WebAssembly core specification 2.0, chapter 5), so code is written operands first, as the stack machine runs it.
 */
export type Code = readonly number[];

export const I32 = 0x7f;
export const F32 = 0x7d;
export const F64 = 0x7c;
export const V128 = 0x7b;

/** Unsigned LEB128. */
export function unsigned(value: number): Code {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

/** Signed LEB128 of a 32-bit integer. */
export function signed(value: number): Code {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

/** Joins instructions into one list. */
export function seq(...parts: readonly Code[]): Code {
  return parts.flat();
}

const simd = (op: number): Code => [0xfd, ...unsigned(op)];
/** Alignment as a power of two, then the constant that is added to the address. */
const memory = (align: number, offset: number): Code => [...unsigned(align), ...unsigned(offset)];

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number): Code => [0x21, ...unsigned(local)];
export const tee = (local: number): Code => [0x22, ...unsigned(local)];

export const i32 = {
  constant: (value: number): Code => [0x41, ...signed(value)],
  load: (offset = 0): Code => [0x28, ...memory(2, offset)],
  store: (offset = 0): Code => [0x36, ...memory(2, offset)],
  /** Of 16 bits without a sign. */
  load16: (offset = 0): Code => [0x2f, ...memory(1, offset)],
  eqz: [0x45] as Code,
  add: [0x6a] as Code,
  sub: [0x6b] as Code,
  mul: [0x6c] as Code,
  and: [0x71] as Code,
  shl: [0x74] as Code,
  shrU: [0x76] as Code,
};

export const f32 = {
  load: (offset = 0): Code => [0x2a, ...memory(2, offset)],
  store: (offset = 0): Code => [0x38, ...memory(2, offset)],
  ge: [0x60] as Code,
};

export const f64 = {
  load: (offset = 0): Code => [0x2b, ...memory(3, offset)],
  le: [0x65] as Code,
  /** Of a float32. */
  promote: [0xbb] as Code,
};

export const v128 = {
  load: (offset = 0): Code => [...simd(0), ...memory(2, offset)],
  store: (offset = 0): Code => [...simd(11), ...memory(2, offset)],
  /** Four copies of the 32-bit word at the address. */
  loadSplat: (offset = 0): Code => [...simd(9), ...memory(2, offset)],
  /** The 32-bit word at the address into one lane of the vector below it on the stack. */
  loadLane: (lane: number, offset = 0): Code => [...simd(86), ...memory(2, offset), lane],
  /** Two copies of the 64-bit word at the address. */
  loadSplat64: (offset = 0): Code => [...simd(10), ...memory(3, offset)],
  /** The 64-bit word at the address in the first lane. */
  load64: (offset = 0): Code => [...simd(93), ...memory(3, offset)],
  loadLane64: (lane: number, offset = 0): Code => [...simd(87), ...memory(3, offset), lane],
  and: simd(78),
  or: simd(80),
  /** a, b, mask -> a where the mask has ones, else b. */
  select: simd(82),
};

export const i32x4 = {
  splat: simd(17),
  extract: (lane: number): Code => [...simd(27), lane],
  min: simd(182),
  max: simd(184),
  /** Of two float64, towards zero and within bounds; NaN is 0. The upper two lanes are 0. */
  truncate: simd(252),
};

export const f32x4 = {
  ge: simd(70),
  add: simd(228),
};

export const f64x2 = {
  splat: simd(20),
  replace: (lane: number): Code => [...simd(34), lane],
  add: simd(240),
  sub: simd(241),
  mul: simd(242),
  div: simd(243),
};

/** Repeats `body` as long as the i32 that it leaves on the stack is not 0. */
export function repeat(body: Code): Code {
  return [0x03, 0x40, ...body, 0x0d, 0, 0x0b];
}

/** Runs `body` once if the i32 that `condition` leaves on the stack is not 0. */
export function when(condition: Code, body: Code): Code {
  return [...condition, 0x04, 0x40, ...body, 0x0b];
}

export interface WasmFunction {
  readonly name: string;
  readonly params: readonly number[];
  /** Types of the locals, numbered after the params. */
  readonly locals: readonly number[];
  readonly body: Code;
}

/** A module of functions without results over one memory, which the host hands in as `env.memory`. */
export function assembleModule(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const text = (value: string): Code => vector([...new TextEncoder().encode(value)].map((byte) => [byte]));
  const types = functions.map(({ params }) => [0x60, ...vector(params.map((type) => [type])), 0]);
  const memoryImport = [...text('env'), ...text('memory'), 0x02, 0x00, ...unsigned(1)];
  const exports = functions.map(({ name }, i) => [...text(name), 0x00, ...unsigned(i)]);
  const bodies = functions.map(({ locals, body }) => {
    const code = [...vector(locals.map((type) => [1, type])), ...body, 0x0b];
    return [...unsigned(code.length), ...code];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(types)),
    ...section(2, vector([memoryImport])),
    ...section(3, vector(functions.map((_, i) => unsigned(i)))),
    ...section(7, vector(exports)),
    ...section(10, vector(bodies)),
  ]);
}

function vector(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function section(id: number, content: Code): Code {
  return [id, ...unsigned(content.length), ...content];
}
