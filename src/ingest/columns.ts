/** Columns that grow: a typed array that is doubled when full, and copied once to its real length at the end. */
export interface GrowingColumn<A> {
  readonly length: number;
  push(value: number): void;
  at(index: number): number;
  set(index: number, value: number): void;
  /** The values in the order given by `order` (all of them in their own order without it), in an array of its own. */
  take(order?: Uint32Array): A;
}

interface Writable {
  readonly length: number;
  [index: number]: number;
}

const FIRST_LENGTH = 1024;

function createColumn<A extends Writable>(make: (length: number) => A): GrowingColumn<A> {
  let values = make(FIRST_LENGTH);
  let length = 0;
  const copyTo = (target: A): A => {
    for (let i = 0; i < length; i++) target[i] = values[i];
    return target;
  };
  return {
    get length() {
      return length;
    },
    push(value) {
      if (length === values.length) values = copyTo(make(length * 2));
      values[length++] = value;
    },
    at: (index) => values[index],
    set(index, value) {
      values[index] = value;
    },
    take(order) {
      const result = make(length);
      if (!order) return copyTo(result);
      for (let i = 0; i < length; i++) result[i] = values[order[i]];
      return result;
    },
  };
}

export const growingFloat64 = (): GrowingColumn<Float64Array> => createColumn((n) => new Float64Array(n));
export const growingFloat32 = (): GrowingColumn<Float32Array> => createColumn((n) => new Float32Array(n));
export const growingUint32 = (): GrowingColumn<Uint32Array> => createColumn((n) => new Uint32Array(n));
export const growingUint16 = (): GrowingColumn<Uint16Array> => createColumn((n) => new Uint16Array(n));
export const growingUint8 = (): GrowingColumn<Uint8Array> => createColumn((n) => new Uint8Array(n));

/** Bytes that grow by whole texts. */
export interface GrowingBytes {
  readonly length: number;
  /** Appends a text as UTF-8; lone surrogates become U+FFFD. */
  append(text: string): void;
  view(from: number, to: number): Uint8Array;
}

export function growingBytes(): GrowingBytes {
  let bytes = new Uint8Array(FIRST_LENGTH * 64);
  let length = 0;
  const encoder = new TextEncoder();
  const makeRoom = (more: number): void => {
    if (length + more <= bytes.length) return;
    const larger = new Uint8Array(Math.max(bytes.length * 2, length + more));
    larger.set(bytes.subarray(0, length));
    bytes = larger;
  };
  return {
    get length() {
      return length;
    },
    append(text) {
      makeRoom(text.length);
      // Most log lines are ASCII, which a loop copies in a third of the time of a call to the encoder.
      let ascii = 0;
      for (; ascii < text.length; ascii++) {
        const code = text.charCodeAt(ascii);
        if (code >= 128) break;
        bytes[length + ascii] = code;
      }
      length += ascii;
      if (ascii === text.length) return;
      const rest = encoder.encode(text.slice(ascii));
      makeRoom(rest.length);
      bytes.set(rest, length);
      length += rest.length;
    },
    view: (from, to) => bytes.subarray(from, to),
  };
}

/** The order that sorts `t` ascending and keeps equal times as they stand; undefined when they are in order already. */
export function orderByTime(t: GrowingColumn<Float64Array>): Uint32Array | undefined {
  let sorted = true;
  for (let i = 1; i < t.length && sorted; i++) sorted = t.at(i) >= t.at(i - 1);
  if (sorted) return undefined;
  const order = Uint32Array.from({ length: t.length }, (_, i) => i);
  return order.sort((a, b) => t.at(a) - t.at(b) || a - b);
}
