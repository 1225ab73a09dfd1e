import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { DEVICE_STATES } from '../../domain/frame';
import { SEVERITIES } from '../../domain/scores';
import { LOG_LEVELS } from '../../domain/telemetry';
import { LevelBadge, ScoreBar, SeverityBadge, StateBadge } from './badges';
import { DataTable } from './DataTable';
import { EmptyState } from './EmptyState';
import { NumberField } from './fields';
import { ProgressBar } from './ProgressBar';

const PAYLOAD = '<img src=x onerror=alert(1)>';

describe('DataTable', () => {
  const columns = [{ key: 'name', header: 'Name', render: (row: string) => row, sortValue: (row: string) => row }];
  const table = (rows: readonly string[], height = 360) =>
    renderToStaticMarkup(
      <DataTable
        rows={rows}
        columns={columns}
        rowKey={(row) => row}
        caption="Names"
        height={height}
        empty={<EmptyState kind="empty" title="No names yet" />}
      />,
    );

  it('has at most 60 rows in the page, however many there are and however tall it is', () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => `row ${i}`);
    for (const height of [360, 5000]) {
      const drawn = table(rows, height).match(/data-row=/g)?.length ?? 0;
      expect(drawn).toBeGreaterThan(5);
      expect(drawn).toBeLessThanOrEqual(60);
    }
    expect(table(rows)).toContain('aria-rowcount="100001"');
  });

  it('shows what is given for an empty table', () => {
    expect(table([])).toContain('No names yet');
  });

  it('shows markup in a cell as text', () => {
    expect(table([PAYLOAD])).toContain('&lt;img');
    expect(table([PAYLOAD])).not.toContain('<img');
  });
});

describe('badges', () => {
  it('say every severity, state and level in a word beside a shape of its own', () => {
    const groups = [
      SEVERITIES.map((severity) => renderToStaticMarkup(<SeverityBadge severity={severity} />)),
      DEVICE_STATES.map((state) => renderToStaticMarkup(<StateBadge state={state} />)),
      LOG_LEVELS.map((level) => renderToStaticMarkup(<LevelBadge level={level} />)),
    ];
    for (const group of groups) {
      const words = group.map((html) => html.replaceAll(/<[^>]*>/g, ''));
      const shapes = group.map((html) => /d="([^"]+)"/.exec(html)?.[1]);
      expect(words.every((word) => word.length > 1)).toBe(true);
      expect(new Set(words).size).toBe(group.length);
      expect(new Set(shapes).size).toBe(group.length);
    }
  });

  it('show a score that is not there as a dash, not as 0', () => {
    expect(renderToStaticMarkup(<ScoreBar score={Number.NaN} />)).toContain('–');
    expect(renderToStaticMarkup(<ScoreBar score={93.4} />)).toContain('93');
  });
});

describe('fields', () => {
  const spec = { key: 'n', label: 'Trees', unit: '', min: 1, max: 500, default: 100, step: 1, help: 'How many.' };

  it('say what is wrong with a number and mark it', () => {
    const wrong = renderToStaticMarkup(<NumberField spec={spec} value={501} onChange={() => undefined} />);
    expect(wrong).toContain('aria-invalid="true"');
    expect(wrong).toContain('Trees must be in [1, 500], got 501');
    const right = renderToStaticMarkup(<NumberField spec={spec} value={500} onChange={() => undefined} />);
    expect(right).not.toContain('aria-invalid');
    expect(right).toContain('How many.');
  });
});

describe('ProgressBar', () => {
  it('keeps to its bounds', () => {
    expect(renderToStaticMarkup(<ProgressBar label="Reading" value={7} />)).toContain('aria-valuenow="100"');
    expect(renderToStaticMarkup(<ProgressBar label="Reading" value={Number.NaN} />)).toContain('aria-valuenow="0"');
  });
});
