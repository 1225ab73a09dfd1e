import { describe, expect, test } from 'vitest';
import { correlation, mean, seriesOf, startSimulator } from './testing';

describe('the workload of a fleet', () => {
  const simulator = startSimulator({ seed: 5 });
  const { devices } = simulator.info().catalog;
  const batch = simulator.pull(900);
  const ofRole = (role: string): number[] => devices.flatMap((device, i) => (device.role === role ? [i] : []));

  test('CPU and network go together on every web server, as one demand drives both', () => {
    for (const device of ofRole('web')) {
      expect(correlation(seriesOf(batch, device, 0), seriesOf(batch, device, 3))).toBeGreaterThan(0.3);
    }
  });

  test('CPU is auto-correlated: a sample resembles the one before it', () => {
    for (const device of ofRole('web')) {
      const cpu = seriesOf(batch, device, 0);
      expect(correlation(cpu.slice(1), cpu.slice(0, -1))).toBeGreaterThan(0.6);
    }
  });

  test('no healthy device lives near its limits', () => {
    for (let device = 0; device < devices.length; device++) {
      const cpu = mean(seriesOf(batch, device, 0));
      expect(cpu).toBeGreaterThan(5);
      expect(cpu).toBeLessThan(60);
      expect(Math.max(...seriesOf(batch, device, 0))).toBeLessThan(92);
      expect(Math.max(...seriesOf(batch, device, 1))).toBeLessThan(92);
    }
  });

  test('garbage collection makes a saw-tooth on API servers: slow climbs, sudden falls', () => {
    for (const device of ofRole('api')) {
      const memory = seriesOf(batch, device, 1);
      const changes = memory.slice(1).map((value, i) => value - memory[i]);
      expect(changes.filter((change) => change < -1).length).toBeGreaterThan(8);
      expect(changes.filter((change) => change > 1).length).toBeLessThan(4);
    }
  });

  test('devices of one role have baselines of their own', () => {
    const means = ofRole('web').map((device) => Math.round(10 * mean(seriesOf(batch, device, 3))));
    expect(new Set(means).size).toBe(means.length);
  });
});
