import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assembleModule, f32, get, I32, i32, repeat, seq, set, signed, tee, unsigned } from './assembler';
import { TARGETS, writeModuleSource } from './main';

describe('the assembler', () => {
  it('writes LEB128 as the specification has it', () => {
    expect([0, 127, 128, 624485].map(unsigned)).toEqual([[0], [0x7f], [0x80, 1], [0xe5, 0x8e, 0x26]]);
    expect([0, 63, 64, -1, -64, -65, -123456].map(signed)).toEqual([
      [0],
      [0x3f],
      [0xc0, 0],
      [0x7f],
      [0x40],
      [0xbf, 0x7f],
      [0xc0, 0xbb, 0x78],
    ]);
  });

  it('makes a module that runs: doubling n floats in place', () => {
    const [at, n] = [0, 1];
    const body = repeat(
      seq(
        seq(get(at), get(at), f32.load(), get(at), f32.load(), [0x92], f32.store()),
        seq(get(at), i32.constant(4), i32.add, set(at)),
        seq(get(n), i32.constant(1), i32.sub, tee(n)),
      ),
    );
    const bytes = assembleModule([{ name: 'double', params: [I32, I32], locals: [], body }]);
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
    const values = new Float32Array(memory.buffer);
    values.set([1, 2.5, -3, 4]);
    (exports.double as (at: number, n: number) => void)(0, 3);
    expect([...values.slice(0, 4)]).toEqual([2, 5, -6, 4]);
  });
});

describe('the modules of the app', () => {
  it.each(TARGETS)('are committed as they are generated: $what', (target) => {
    expect(readFileSync(target.file, 'utf8')).toBe(writeModuleSource(target));
  });
});
