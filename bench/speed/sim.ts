import { runId } from '../../src/domain/ids';
import { createSimulator } from '../../src/sim/simulator';
import { type Clock, type Figure, medianOf, secondsOf } from './figures';

const PARTS = 7;
/** 10,000 devices, twenty times faster than real time. */
const LEAST_DEVICE_TICKS = 200_000;
/** Device-ticks of one part, about. */
const PART = 200_000;

/** Samples and log lines of the simulated fleet as generated, median over some parts: device-ticks and lines a second. */
export function measureSimulator(where: string, clock: Clock, devices: number): Figure[] {
  const created = createSimulator({
    runId: runId('bench'),
    seed: 1,
    deviceCount: devices,
    ambientFaults: true,
    now: Date.UTC(2026, 0, 5, 12),
    checkpoint: undefined,
  });
  if (!created.ok) throw new Error(created.error.message);
  const simulator = created.value;
  const steps = Math.max(1, Math.round(PART / devices));
  simulator.pull(steps);
  let lines = 0;
  let samples = 0;
  const seconds = Array.from({ length: PARTS }, () =>
    secondsOf(clock, () => {
      const batch = simulator.pull(steps);
      lines += batch.logs.n;
      samples += batch.metrics.n;
    }),
  );
  const rate = (steps * devices) / medianOf(seconds);
  const what = `simulated fleet of ${devices.toLocaleString('en-GB')}`;
  return [
    { where, what, value: rate, unit: 'device-ticks/s', target: { kind: 'at least', value: LEAST_DEVICE_TICKS } },
    { where, what: `${what}: lines with them`, value: (rate * lines) / samples, unit: 'lines/s' },
  ];
}
