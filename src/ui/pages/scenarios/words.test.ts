import { describe, expect, it } from 'vitest';
import type { ScenarioProgress } from './progress';
import { tellNext, tellProgress } from './words';

const at = (part: Partial<ScenarioProgress>): ScenarioProgress => ({
  phase: 'playing',
  elapsedMs: 95_000,
  share: 0.1,
  next: undefined,
  ...part,
});

describe('where a scenario stands, in words', () => {
  it('is the time into it while it plays, and says before and after what goes on', () => {
    expect(tellProgress(at({}), 7200)).toBe('1 min 35 s of 2 h');
    expect(tellProgress(at({ elapsedMs: 0 }), 7200)).toBe('0 s of 2 h');
    expect(tellProgress(at({ phase: 'before' }), 7200)).toContain('learns');
    expect(tellProgress(at({ phase: 'over' }), 7200)).toContain('over after 2 h');
  });

  it('names what comes next and in how long, or that nothing comes', () => {
    expect(tellNext(at({ next: { label: 'DDoS on a', at: 70_000 } }), 10_000)).toBe('Next: DDoS on a in 1 min');
    expect(tellNext(at({}), 10_000)).toBe('Nothing more is to come.');
  });
});
