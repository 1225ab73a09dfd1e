import { expect, it } from 'vitest';
import { thresholdUnit } from './models';

it('tells the threshold of a log model of an earlier version apart, which is a reconstruction error', () => {
  expect(thresholdUnit({ kind: 'logs', rawThreshold: 0.0213 })).toBe('reconstruction error');
  expect(thresholdUnit({ kind: 'logs', rawThreshold: 1 })).toBe('factors of ten of evidence');
  expect(thresholdUnit({ kind: 'logs', rawThreshold: 5.25 })).toBe('factors of ten of evidence');
  expect(thresholdUnit({ kind: 'metrics', rawThreshold: 0.62 })).toBe('raw score');
  expect(thresholdUnit({ kind: 'metrics', rawThreshold: 40 })).toBe('raw score');
});
