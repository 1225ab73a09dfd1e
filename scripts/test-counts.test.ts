import { describe, expect, it } from 'vitest';
import { addCounts, closingLine, playwrightCounts, vitestCounts } from './test-counts.mjs';

describe('the closing line of npm test', () => {
  it('adds both kinds of tests', () => {
    const unit = vitestCounts({
      numPassedTests: 140,
      numFailedTests: 0,
      numPendingTests: 1,
      numTodoTests: 0,
      testResults: [],
    });
    const browser = playwrightCounts({ stats: { expected: 6, flaky: 1, unexpected: 0, skipped: 1 }, errors: [] });
    expect(closingLine(addCounts(unit, browser))).toBe('147 passed, 0 failed, 2 skipped');
  });

  it('leaves out what was not skipped', () => {
    expect(closingLine({ passed: 3, failed: 1, skipped: 0 })).toBe('3 passed, 1 failed');
  });

  it('counts a test file that cannot be loaded and an error outside of any test as failures', () => {
    const file = { status: 'failed', assertionResults: [] };
    const report = { numPassedTests: 1, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [file] };
    expect(vitestCounts(report).failed).toBe(1);
    const stats = { expected: 0, flaky: 0, unexpected: 0, skipped: 0 };
    expect(playwrightCounts({ stats, errors: [{ message: 'no browser' }] }).failed).toBe(1);
  });
});
