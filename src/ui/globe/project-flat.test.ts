import { describe, expect, it } from 'vitest';
import { arcPath, FLAT_ASPECT, FLAT_BOTTOM, FLAT_TOP, projectFlat } from './project-flat';

describe('projectFlat', () => {
  it('puts the corners of the map into its corners', () => {
    expect(projectFlat(FLAT_TOP, -180, 720)).toEqual({ x: 0, y: 0 });
    expect(projectFlat(FLAT_BOTTOM, 180, 720)).toEqual({ x: 720, y: 720 * FLAT_ASPECT });
  });

  it('puts Greenwich into the middle', () => {
    expect(projectFlat(0, 0, 360)).toEqual({ x: 180, y: FLAT_TOP });
  });
});

describe('arcPath', () => {
  it('rises above both ends by a fifth of their distance', () => {
    expect(arcPath({ x: 0, y: 100 }, { x: 100, y: 100 })).toBe('M0 100 Q50 80 100 100');
  });

  it('never leaves the map at the top', () => {
    expect(arcPath({ x: 0, y: 5 }, { x: 100, y: 5 })).toBe('M0 5 Q50 0 100 5');
  });

  it('has no length between a place and itself', () => {
    expect(arcPath({ x: 7, y: 7 }, { x: 7, y: 7 })).toBe('M7 7 Q7 7 7 7');
  });
});
