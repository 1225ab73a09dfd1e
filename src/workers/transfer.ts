import { transfer } from 'comlink';

/**
 * Marks a message so that every typed array's buffer in it moves instead of being copied, however deeply it is nested. The sender's
 * arrays are empty afterwards: pass only what is not used again. Buffers shared by two arrays are listed once.
 */
export function moveBuffers<T>(message: T): T {
  return transfer(message, collectBuffers(message));
}

/** Every buffer below `value`, each once. Degenerate: [] for plain values. */
export function collectBuffers(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  visit(value, found);
  return [...found];
}

function visit(value: unknown, found: Set<ArrayBuffer>): void {
  if (typeof value !== 'object' || value === null) return;
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer && value.buffer.byteLength > 0) found.add(value.buffer);
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) visit(item, found);
    return;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return;
  for (const item of Object.values(value)) visit(item, found);
}
