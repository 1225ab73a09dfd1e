import { describe, expect, it } from 'vitest';
import { createDrawQueue } from './schedule';

function frames() {
  const callbacks: (() => void)[] = [];
  return {
    next: (callback: () => void) => callbacks.push(callback),
    run: () => callbacks.splice(0).forEach((callback) => void callback()),
    waiting: () => callbacks.length,
  };
}

describe('the draw queue', () => {
  it('draws one chart a frame, in the order they asked', () => {
    const clock = frames();
    const queue = createDrawQueue(clock.next);
    const drawn: string[] = [];
    queue.request(() => drawn.push('a'));
    queue.request(() => drawn.push('b'));
    clock.run();
    expect(drawn).toEqual(['a']);
    clock.run();
    expect(drawn).toEqual(['a', 'b']);
    expect(clock.waiting()).toBe(0);
  });

  it('draws once for many requests and not at all after a cancel', () => {
    const clock = frames();
    const queue = createDrawQueue(clock.next);
    let drawn = 0;
    const draw = (): void => {
      drawn++;
    };
    queue.request(draw);
    queue.request(draw);
    clock.run();
    clock.run();
    expect(drawn).toBe(1);
    queue.request(draw);
    queue.cancel(draw);
    clock.run();
    expect(drawn).toBe(1);
  });

  it('goes on after a drawing that throws', () => {
    const clock = frames();
    const queue = createDrawQueue(clock.next);
    let drawn = 0;
    queue.request(() => {
      throw new Error('broken chart');
    });
    queue.request(() => drawn++);
    expect(() => clock.run()).toThrow('broken chart');
    clock.run();
    expect(drawn).toBe(1);
  });
});
