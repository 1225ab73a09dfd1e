import { expect, goTo, metricsCsv, openApp, test, waitUntilScoring } from './support/story';

test('a file is cancelled while it is opened: no error is shown, nothing of it stays, and the fleet goes on', async ({
  page,
}) => {
  await openApp(page);
  await goTo(page, 'Data');
  await page
    .getByLabel('Data file')
    .setInputFiles({ name: 'long.csv', mimeType: 'text/csv', buffer: Buffer.from(metricsCsv(150_000)) });
  await page.getByRole('button', { name: 'Open and score' }).click();
  await page.getByRole('main').getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Cancelled: long.csv')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Choose a file' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: /^Result/ })).toHaveCount(0);
  await waitUntilScoring(page);
});
