import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { downloadText, expect, goTo, metricsCsv, openApp, openFile, test, waitUntilScoring } from './support/story';

const SHARED_DATA = process.env.SHARED_DATA ?? join(import.meta.dirname, '../../shared/data');

test('a CSV of metrics is opened, scored, alerted on, measured against its labels, and its scores go out', async ({
  page,
}) => {
  await openApp(page);
  // The model learns from the whole file, so that what is odd in it has to be rare: 30 rows of 2,000.
  await openFile(page, 'metrics.csv', metricsCsv(2000));
  await expect(page.getByText('Events hit')).toBeVisible();
  const scores = await downloadText(page, () => page.getByRole('button', { name: /Export scores/ }).click());
  const lines = scores.trim().split('\r\n');
  expect(lines[0]).toBe(
    'time,device,cpu_usage,memory_usage,disk_io,network_traffic,metric_score,log_score,score,rank,flagged',
  );
  expect(lines).toHaveLength(2001);
  expect(lines.slice(-60, -30).some((line) => line.endsWith(',1'))).toBe(true);
  await goTo(page, 'Alert History');
  await expect(page.getByRole('row').filter({ hasText: 'DDoS' }).first()).toBeVisible();
  await goTo(page, 'Data');
  await page.getByRole('button', { name: 'Back to the live fleet' }).first().click();
  await waitUntilScoring(page);
});

test('bad rows are named with their lines and good rows are kept; a file without any is refused', async ({ page }) => {
  await openApp(page);
  const rows = metricsCsv().split('\n');
  rows[10] = 'not a time,1,2,3,4,0';
  await openFile(page, 'broken.csv', rows.join('\n'));
  const bad = page.getByRole('region', { name: 'Bad rows' });
  await expect(bad).toContainText('11');
  await expect(bad).toContainText('not a time');
  await page
    .getByLabel('Data file')
    .setInputFiles({ name: 'header.csv', mimeType: 'text/csv', buffer: Buffer.from('time,cpu\n') });
  await expect(page.getByText(/header\.csv/).first()).toBeVisible();
});

test('a plain log file is opened: a line a record, templates mined, odd lines on top', async ({ page }) => {
  await openApp(page);
  const lines: string[] = [];
  for (let i = 0; i < 900; i++) {
    const time = new Date(Date.UTC(2026, 0, 5) + i * 2000).toISOString();
    lines.push(
      i === 850
        ? `${time} CRITICAL kernel panic: unable to mount root fs on sda1`
        : `${time} INFO request ${i} served in ${i % 40} ms from 10.0.0.${i % 200}`,
    );
  }
  await openFile(page, 'app.log', lines.join('\n'));
  await goTo(page, 'Alert History');
  await expect(page.getByRole('row').filter({ hasText: 'Critical log error' }).first()).toBeVisible();
});

test('a CloudWatch file is opened, alerts are seen, scores are exported', async ({ page }) => {
  const file = join(SHARED_DATA, 'nab/realAWSCloudwatch/ec2_cpu_utilization_825cc2.csv');
  test.skip(!existsSync(file), `the real data is not here: ${file}`);
  await openApp(page);
  await openFile(page, 'cloudwatch.csv', readFileSync(file, 'utf8'));
  const scores = await downloadText(page, () => page.getByRole('button', { name: /Export scores/ }).click());
  expect(scores.trim().split('\r\n')).toHaveLength(4033);
  await goTo(page, 'Alert History');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
});
