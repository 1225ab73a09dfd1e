import type { Page } from '@playwright/test';
import { downloadText, expect, goTo, openApp, test, waitUntilScoring } from './support/story';

/** Seconds of the day that the data's clock shows. */
async function readClock(page: Page): Promise<number> {
  const [hours, minutes, seconds] = (await page.getByTitle("The data's clock").innerText()).slice(0, 8).split(':');
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/** What the data's clock shows once the fleet stands still: what was under way when it was paused goes on for a moment. */
async function readStillClock(page: Page): Promise<number> {
  const reads: number[] = [];
  const read = async (): Promise<number> => {
    reads.push(await readClock(page));
    return new Set(reads.slice(-4)).size + (reads.length < 4 ? 1 : 0);
  };
  await expect.poll(read, { intervals: [300], timeout: 30_000 }).toBe(1);
  return reads[reads.length - 1];
}

/** Runs the paused fleet sample by sample, so that every batch is one step, until its clock shows `end`. */
async function stepUntil(page: Page, end: number): Promise<void> {
  const step = page.getByRole('button', { name: 'One step (.)' });
  await expect(step).toBeVisible();
  for (let left = end - (await readStillClock(page)); left > 0; left--) await step.click();
  await expect.poll(() => readClock(page), { timeout: 30_000 }).toBe(end);
}

interface Taken {
  readonly scenario: { readonly faults: unknown; readonly seed: number; readonly startsAt: string };
  /** Time and device -> scores. */
  readonly scores: ReadonlyMap<string, { readonly metric: string; readonly log: string }>;
  /** The scoreboard's row of the metrics' detector. */
  readonly row: string;
}

/** What a run leaves: its recording, its scores, and how well the fault was found. */
async function takeAway(page: Page): Promise<Taken> {
  const text = await downloadText(page, () => page.getByRole('button', { name: 'Export this run' }).click());
  const csv = await downloadText(page, () => page.getByRole('button', { name: 'Scores as CSV' }).click());
  await goTo(page, 'Scoreboard');
  const figures = page.getByRole('group', { name: 'Figures of the hybrid and of each member' });
  const row = figures.getByRole('row', { name: /Metrics/ });
  await expect(row).toContainText(/\d of \d/);
  const [head, ...rows] = csv
    .trim()
    .split('\n')
    .map((line) => line.trim().split(','));
  const at = (name: string): number => head.indexOf(name);
  const scores = rows.map(
    (cells) =>
      [
        `${cells[at('time')]} ${cells[at('device')]}`,
        { metric: cells[at('metric_score')], log: cells[at('log_score')] },
      ] as const,
  );
  return { scenario: JSON.parse(text), scores: new Map(scores), row: await row.innerText() };
}

test('a run that was recorded by hand, exported, erased and imported gives the same truth and the same scores', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const opened = new Date();
  await openApp(page, 'scenarios?seed=12');
  await page.keyboard.press('u');
  // Live data begins at the moment of opening: before that the history is gone through, where there are no single steps.
  const liveAt = opened.getUTCHours() * 3600 + opened.getUTCMinutes() * 60 + opened.getUTCSeconds();
  await expect.poll(() => readClock(page), { timeout: 30_000 }).toBeGreaterThanOrEqual(liveAt);
  // Slow, so that in both runs the pause comes before the fault: while single steps are taken no batch is larger than the other time.
  await page.getByRole('button', { name: '0.5x real time' }).first().click();
  await page.getByRole('button', { name: /^Pause/ }).click();
  await page.getByRole('button', { name: 'Inject fault' }).click();
  const drawer = page.getByRole('dialog', { name: 'Inject' });
  await drawer.getByRole('radio', { name: 'Disk failure' }).check({ force: true });
  await drawer.getByText('Onset, start, origin').click();
  await drawer.getByLabel('Start', { exact: true }).selectOption('in');
  await drawer.getByLabel('In', { exact: true }).fill('20');
  await drawer.getByRole('button', { name: 'Inject', exact: true }).click();
  await expect(drawer.getByText(/Disk failure will run on/)).toBeVisible();
  await page.keyboard.press('Escape');
  const end = (await readStillClock(page)) + 35;
  await stepUntil(page, end);
  const first = await takeAway(page);

  await goTo(page, 'Data');
  await page.getByLabel(/to confirm/).fill('erase');
  await page.getByRole('button', { name: 'Erase everything' }).click();
  await expect(page.getByText('Everything is erased')).toBeVisible({ timeout: 45_000 });
  await waitUntilScoring(page);

  await goTo(page, 'Scenarios');
  const wrong = { ...first.scenario, seed: -1, faults: [{ at: 0, fault: 'meteor' }] };
  const importFile = (scenario: unknown): Promise<void> =>
    page.getByLabel('Scenario file').setInputFiles({
      name: 'mine.scenario.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(scenario)),
    });
  await importFile(wrong);
  await expect(page.getByText(/seed must be in \[0, 4294967295\], got -1/)).toBeVisible();
  await expect(page.getByText(/faults\[0\]\.fault must be one of .*got "meteor"/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Play My recording' })).toBeHidden();
  await importFile(first.scenario);
  await page.getByRole('button', { name: 'Play My recording' }).click();
  const strip = page.getByRole('complementary', { name: 'Scenario that is playing' });
  await expect(strip).toContainText(/My recording\s*\d+ s of/, { timeout: 60_000 });
  await page.getByRole('button', { name: /^Pause/ }).click();
  await stepUntil(page, end);
  const second = await takeAway(page);

  expect(second.scenario.faults).toEqual(first.scenario.faults);
  expect(second.scenario.startsAt).toBe(first.scenario.startsAt);
  expect(second.row).toBe(first.row);
  expect(second.scores.size).toBe(first.scores.size);
  const differ = (of: 'metric' | 'log'): string[] =>
    [...first.scores].flatMap(([key, one]) => (second.scores.get(key)?.[of] === one[of] ? [] : [key]));
  expect(differ('metric')).toEqual([]);
  expect(differ('log')).toEqual([]);
});
