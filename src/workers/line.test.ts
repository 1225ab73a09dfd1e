import { expose } from 'comlink';
import { afterEach, expect, it } from 'vitest';
import { Line, WorkerGone } from './line';

interface Answers {
  add(a: number, b: number): number;
  never(): Promise<never>;
}

const open: MessagePort[] = [];

function exposed(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  const answers: Answers = { add: (a, b) => a + b, never: () => new Promise(() => undefined) };
  expose(answers, port1);
  return port2;
}

afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

it('has calls wait that come before it is first connected', async () => {
  const line = new Line<Answers>('sum');
  const sum = line.api.add(1, 2);
  line.connect(exposed());
  expect(await sum).toBe(3);
});

it('fails calls that are in flight when it is cut, and those that come later, until it is connected again', async () => {
  const line = new Line<Answers>('sum');
  line.connect(exposed());
  const inFlight = line.api.never();
  await line.api.add(1, 1);
  line.disconnect();
  await expect(inFlight).rejects.toThrow(WorkerGone);
  await expect(line.api.add(1, 2)).rejects.toThrow('the sum worker is not running');
  line.connect(exposed());
  expect(await line.api.add(1, 2)).toBe(3);
});

it('fails waiting calls when the worker is given up before it ever was there', async () => {
  const line = new Line<Answers>('sum');
  const sum = line.api.add(1, 2);
  line.disconnect();
  await expect(sum).rejects.toThrow(WorkerGone);
});
