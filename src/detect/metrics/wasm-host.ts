/** What is used of WebAssembly: the pure folders compile without the host's types. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
interface Wasm {
  readonly Memory: new (size: { readonly initial: number }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: unknown) => { readonly exports: unknown };
}

/** A running module over a memory of its own. */
export interface WasmHost<Exports> {
  readonly memory: WasmMemory;
  readonly exports: Exports;
}

const PAGE_BYTES = 65_536;

/** Starts a module (base64). undefined where the host refuses: no WebAssembly, no SIMD, a policy against it, no memory. */
export function startWasm<Exports>(module: string): WasmHost<Exports> | undefined {
  const wasm = (globalThis as { readonly WebAssembly?: Wasm }).WebAssembly;
  if (wasm === undefined) return undefined;
  try {
    const bytes = Uint8Array.from(atob(module), (character) => character.charCodeAt(0));
    const memory = new wasm.Memory({ initial: 1 });
    const { exports } = new wasm.Instance(new wasm.Module(bytes), { env: { memory } });
    return { memory, exports: exports as Exports };
  } catch {
    return undefined;
  }
}

/** Makes room for so many bytes in all; what is there stays. False when the memory cannot be had. */
export function reserveBytes(memory: WasmMemory, bytes: number): boolean {
  const missing = bytes - memory.buffer.byteLength;
  if (missing <= 0) return true;
  try {
    memory.grow(Math.ceil(missing / PAGE_BYTES));
    return true;
  } catch {
    return false;
  }
}
