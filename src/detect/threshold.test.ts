import { describe, expect, it } from 'vitest';
import { MAX_RARITY } from '../domain/scores';
import { DEFAULT_SETTINGS } from '../domain/settings';
import {
  alarmShare,
  falseAlarmsAt,
  logThreshold,
  MIN_RARITY_THRESHOLD,
  metricThreshold,
  rarityOfContamination,
  rarityThreshold,
  unnoticedShare,
} from './threshold';

describe('threshold', () => {
  it('turns one false alarm among 10,000 samples a day into rarity 4', () => {
    expect(rarityThreshold({ falseAlarmsPerDay: 1, samplesPerDay: 10_000 })).toBeCloseTo(4, 12);
  });

  it('rises as fewer false alarms are allowed', () => {
    const few = rarityThreshold({ falseAlarmsPerDay: 0.1, samplesPerDay: 86_400 });
    expect(few).toBeGreaterThan(rarityThreshold({ falseAlarmsPerDay: 5, samplesPerDay: 86_400 }));
  });

  it('stays in range for budgets that make no sense', () => {
    expect(rarityThreshold({ falseAlarmsPerDay: 0, samplesPerDay: 86_400 })).toBe(MAX_RARITY);
    expect(rarityThreshold({ falseAlarmsPerDay: Number.NaN, samplesPerDay: 10 })).toBe(MAX_RARITY);
    expect(rarityThreshold({ falseAlarmsPerDay: 50, samplesPerDay: 24 })).toBe(MIN_RARITY_THRESHOLD);
  });

  it('is undone by falseAlarmsAt and says the same as contamination', () => {
    const threshold = rarityThreshold({ falseAlarmsPerDay: 0.5, samplesPerDay: 86_400 });
    expect(falseAlarmsAt(threshold, 86_400)).toBeCloseTo(0.5, 12);
    expect(rarityOfContamination(0.001)).toBeCloseTo(3, 12);
  });
});

describe('metricThreshold', () => {
  it('is the rarity of the budget for live data', () => {
    expect(metricThreshold({ falseAlarmsPerDay: 0.864, samplesPerDay: 86_400 })).toBeCloseTo(5, 10);
  });

  it('counts ten samples to an alarm on slow data, and never flags more than 1 normal sample in 50', () => {
    expect(metricThreshold({ falseAlarmsPerDay: 0.144, samplesPerDay: 1440 })).toBeCloseTo(3, 10);
    expect(metricThreshold({ falseAlarmsPerDay: 0.25, samplesPerDay: 24 })).toBeCloseTo(Math.log10(50), 10);
  });

  it('takes one event in three days of slow history for trouble, which costs less than twice the default budget', () => {
    expect(unnoticedShare(1440)).toBeCloseTo(10 / (3 * 1440), 12);
    expect(unnoticedShare(24)).toBe(1 / 200);
    for (const samplesPerDay of [5760, 1440, 720]) {
      const budget = 10 ** -metricThreshold({ falseAlarmsPerDay: DEFAULT_SETTINGS.falseAlarmsPerDay, samplesPerDay });
      expect(unnoticedShare(samplesPerDay)).toBeLessThan(budget);
    }
  });
});

describe('logThreshold', () => {
  it('is the rarity of the budget where lines are many, and never flags more than 1 normal line in 50', () => {
    expect(logThreshold({ falseAlarmsPerDay: 0.864, samplesPerDay: 86_400 })).toBeCloseTo(5, 10);
    expect(logThreshold({ falseAlarmsPerDay: 0.5, samplesPerDay: 4 })).toBeCloseTo(Math.log10(50), 10);
  });

  it('allows as many alarms a sample as the budget says, of slow data no more than one in 500', () => {
    expect(alarmShare({ falseAlarmsPerDay: 0.5, samplesPerDay: 86_400 })).toBeCloseTo(0.5 / 86_400, 12);
    expect(alarmShare({ falseAlarmsPerDay: 0.5, samplesPerDay: 1440 })).toBeCloseTo(0.5 / 1440, 12);
    expect(alarmShare({ falseAlarmsPerDay: 0.5, samplesPerDay: 24 })).toBeCloseTo(1 / 500, 12);
  });
});
