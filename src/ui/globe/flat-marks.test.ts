import { describe, expect, it } from 'vitest';
import { DEVICE_STATES, type DeviceState } from '../../domain/frame';
import { markAt, markSize, placeMarks, sameMarks } from './flat-marks';
import { FLAT_TOP } from './project-flat';
import type { MapDevice } from './types';

function device(index: number, state: DeviceState, latitude = FLAT_TOP - 10 * index, longitude = 0): MapDevice {
  return { index, name: `web-${index}`, place: 'Oslo, Norway', state, score: 0, latitude, longitude };
}

describe('placeMarks', () => {
  it('gives the place in pixels and what is said of a device', () => {
    const [mark] = placeMarks([device(1, 'ok')], undefined, 720);
    expect(mark).toEqual({ index: 1, state: 'ok', x: 360, y: 20, label: 'web-1 · Oslo, Norway · ok' });
  });

  it('draws what matters most last, and the selected device after all others', () => {
    const devices = [device(1, 'alert'), device(2, 'ok'), device(3, 'quarantined'), device(4, 'silent')];
    expect(placeMarks(devices, undefined, 720).map(({ index }) => index)).toEqual([4, 2, 3, 1]);
    expect(placeMarks(devices, 2, 720).map(({ index }) => index)).toEqual([4, 3, 1, 2]);
  });

  it('sets devices of one city apart', () => {
    const [a, b] = placeMarks([device(1, 'ok', 10), device(2, 'ok', 10)], undefined, 1000);
    expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(8);
  });
});

describe('markAt', () => {
  const marks = placeMarks([device(1, 'ok'), device(2, 'ok'), device(3, 'alert', FLAT_TOP - 10)], undefined, 720);

  it('finds the nearest mark within reach', () => {
    expect(markAt(marks, 361, 41, 12)?.index).toBe(2);
    expect(markAt(marks, 380, 41, 12)).toBeUndefined();
    expect(markAt([], 0, 0, 100)).toBeUndefined();
  });

  it('takes the one on top where two are equally near', () => {
    const twice = [marks[0], { ...marks[0], index: 9 }];
    expect(markAt(twice, marks[0].x, marks[0].y, 5)?.index).toBe(9);
  });
});

describe('sameMarks', () => {
  it('sees every change of state, order, place or number, and nothing else', () => {
    const marks = placeMarks([device(1, 'ok'), device(2, 'warning')], undefined, 720);
    expect(sameMarks(marks, placeMarks([device(1, 'ok'), device(2, 'warning')], undefined, 720))).toBe(true);
    for (const state of DEVICE_STATES) {
      const other = placeMarks([device(1, state), device(2, 'warning')], undefined, 720);
      expect(sameMarks(marks, other)).toBe(state === 'ok');
    }
    expect(sameMarks(marks, placeMarks([device(1, 'ok'), device(2, 'warning')], undefined, 700))).toBe(false);
    expect(sameMarks(marks, marks.slice(1))).toBe(false);
  });
});

describe('markSize', () => {
  it('shrinks where the map is narrow or the devices are many', () => {
    expect([markSize(1000, 48), markSize(400, 48), markSize(1000, 200), markSize(1000, 500)]).toEqual([7, 5, 6, 5]);
  });
});
