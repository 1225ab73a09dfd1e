import type { LogBatch } from '../../domain/telemetry';

/** Gathers log lines into the columns of one LogBatch. */
export interface LineWriter {
  /** Adds a line of the present tick. level: index into LOG_LEVELS. */
  add(t: number, device: number, level: number, message: string): void;
  /** Ends a tick: its lines are put in order of time (lines of equal time keep the order in which they came). */
  endTick(): void;
  /** The batch; every column owns its whole buffer. */
  finish(): LogBatch;
}

const encoder = new TextEncoder();

/** An empty writer. Ticks must come in order of time and not overlap, so that the whole batch is ordered. */
export function createLineWriter(): LineWriter {
  const tickT: number[] = [];
  const tickDevice: number[] = [];
  const tickLevel: number[] = [];
  const tickMessage: string[] = [];
  const t: number[] = [];
  const device: number[] = [];
  const level: number[] = [];
  const offsets: number[] = [0];
  let bytes = new Uint8Array(4096);
  let used = 0;

  const reserve = (room: number): void => {
    if (used + room <= bytes.length) return;
    const grown = new Uint8Array(Math.max(bytes.length * 2, used + room));
    grown.set(bytes.subarray(0, used));
    bytes = grown;
  };
  const append = (message: string): void => {
    const start = used;
    reserve(message.length);
    for (let i = 0; i < message.length; i++) {
      const code = message.charCodeAt(i);
      // Nearly all lines are ASCII, where UTF-8 is the code itself; the encoder costs five times as much a line.
      if (code > 127) {
        const encoded = encoder.encode(message);
        used = start;
        reserve(encoded.length);
        bytes.set(encoded, used);
        used += encoded.length;
        return;
      }
      bytes[used++] = code;
    }
  };

  return {
    add: (lineT, lineDevice, lineLevel, message) => {
      tickT.push(lineT);
      tickDevice.push(lineDevice);
      tickLevel.push(lineLevel);
      tickMessage.push(message);
    },
    endTick: () => {
      const order = tickT.map((_, i) => i).sort((a, b) => tickT[a] - tickT[b] || a - b);
      for (const i of order) {
        t.push(tickT[i]);
        device.push(tickDevice[i]);
        level.push(tickLevel[i]);
        append(tickMessage[i]);
        offsets.push(used);
      }
      for (const column of [tickT, tickDevice, tickLevel, tickMessage]) column.length = 0;
    },
    finish: () => ({
      n: t.length,
      t: Float64Array.from(t),
      device: Uint16Array.from(device),
      level: Uint8Array.from(level),
      bytes: bytes.slice(0, used),
      offsets: Uint32Array.from(offsets),
    }),
  };
}
