import { expect, it } from 'vitest';
import { createState, reserveDevices } from './pipeline-state';
import { plainCatalog } from './testing';

const CONFIG = { seed: 1, falseAlarmsPerDay: 0.25, samplesPerDay: 86_400, retrainEvery: 1e6, keepRows: 100 };

it('counts the devices that there are, not those that there is room for', () => {
  const state = createState(plainCatalog(8, 2), CONFIG, { pace: 'live', members: 1 });
  expect(state.episodes?.devices).toBe(8);
  reserveDevices(state, 10);
  expect(state.episodes?.devices).toBe(10);
  expect(state.episodes?.isOpen.length).toBeGreaterThan(10);
  reserveDevices(state, 3);
  expect(state.episodes?.devices).toBe(10);
});
