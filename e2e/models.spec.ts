import { downloadText, expect, goTo, metricsCsv, openApp, openFile, test, waitUntilScoring } from './support/story';

test('models go out in a file, everything is erased, the file comes in, and the same data gets the same scores', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await openApp(page);
  await goTo(page, 'Models');
  const model = await downloadText(page, () => page.getByRole('button', { name: 'Export models' }).click());
  expect(JSON.parse(model)).toMatchObject({ format: 'cloud-anomaly-model', schemaVersion: 1 });

  const importModel = async (): Promise<void> => {
    await goTo(page, 'Models');
    await page
      .locator('input[aria-label="Model file"]')
      .setInputFiles({ name: 'carried.model.json', mimeType: 'application/json', buffer: Buffer.from(model) });
    await page
      .getByRole('region', { name: 'Contents of carried.model.json' })
      .getByRole('button', { name: /^(Import|Use)/ })
      .click();
    await expect(page.getByText('imported').first()).toBeVisible();
  };
  const scoreFile = async (): Promise<string> => {
    // A sample a second, as the fleet has it: a model is for one pace of data.
    await openFile(page, 'carried.csv', metricsCsv(600, 1000), 'active');
    const scores = await downloadText(page, () => page.getByRole('button', { name: /Export scores/ }).click());
    await page.getByRole('button', { name: 'Back to the live fleet' }).first().click();
    await waitUntilScoring(page);
    return scores;
  };

  await importModel();
  const before = await scoreFile();
  expect(before.split('\r\n').length).toBeGreaterThan(600);

  await goTo(page, 'Data');
  const erase = page.getByRole('region', { name: 'Erase everything' });
  await erase.getByLabel(/to confirm/).fill('erase');
  await erase.getByRole('button').click();
  await waitUntilScoring(page);

  await importModel();
  expect(await scoreFile()).toBe(before);
});

test('a file that is not a model, or is cut off, is refused with the reason, and the active model stays', async ({
  page,
}) => {
  await openApp(page, 'models');
  for (const [name, text, why] of [
    ['other.json', '{"format":"something-else"}', /format/],
    ['cut.model.json', '{"format":"cloud-anomaly-model","schemaVersion":1,', /cut off|ends early/],
    ['newer.model.json', '{"format":"cloud-anomaly-model","schemaVersion":99}', /99/],
  ] as const) {
    await page
      .locator('input[aria-label="Model file"]')
      .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
    await expect(page.getByRole('alert').filter({ hasText: `${name} was refused` })).toContainText(why);
  }
  await expect(page.getByRole('region', { name: 'Stored versions' }).getByRole('row').nth(2)).toBeVisible();
});
