import { expect, metricsCsv, openApp, openFile, test } from './support/story';

test('a file that is too short to train on says that nothing was scored, instead of "no alerts"', async ({ page }) => {
  await openApp(page);
  await openFile(page, 'short.csv', metricsCsv(10));
  await expect(page.getByRole('main').getByRole('alert')).toContainText('The file has 10 rows: too few');
});
