import AxeBuilder from '@axe-core/playwright';
import { expect, openApp, test } from './support/story';

test('a role is hit by the form, a share by JSON after its errors were mended; both are listed, and all is stopped', async ({
  page,
}) => {
  await openApp(page, 'overview?seed=3');
  await page.getByRole('button', { name: 'Inject fault' }).click();
  const drawer = page.getByRole('dialog', { name: 'Inject' });
  const inject = drawer.getByRole('button', { name: 'Inject', exact: true });

  await drawer.getByLabel('Search faults').fill('latency');
  await drawer.getByRole('radio', { name: /Packet loss/ }).check({ force: true });
  await drawer.getByLabel('Target', { exact: true }).selectOption('role');
  await drawer.getByLabel('Role', { exact: true }).selectOption('cache');
  await drawer.getByLabel('Duration').fill('0');
  await expect(drawer.getByText('Duration must be in [1, 604800] s, got 0')).toBeVisible();
  await inject.click();
  await expect(drawer.getByText(/Nothing was injected/)).toBeVisible();
  await drawer.getByLabel('Duration').fill('600');
  await inject.click();
  await expect(drawer.getByText(/Packet loss and latency is running on \d devices/)).toBeVisible();

  await drawer.getByRole('tab', { name: 'JSON' }).click();
  const editor = drawer.getByLabel('Request as JSON');
  await expect(editor).toHaveValue(/"role": "cache"/);
  const request = {
    fault: 'log-storm',
    target: { kind: 'device', deviceId: 'nobody' },
    intensity: 7,
    durationMs: 600_000,
    start: { kind: 'in', seconds: 300 },
  };
  await editor.fill(JSON.stringify(request));
  await expect(drawer.getByText('2 things are wrong:')).toBeVisible();
  await expect(drawer.getByText('intensity must be in (0, 1], got 7')).toBeVisible();
  await expect(drawer.getByText(/target\.deviceId must be one of .*got "nobody"/)).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await editor.fill(JSON.stringify({ ...request, intensity: 0.5, target: { kind: 'share', share: 0.1 } }));
  await expect(drawer.getByText('The request is right.')).toBeVisible();
  await inject.click();
  await expect(drawer.getByText(/Log storm will run on 5 devices/)).toBeVisible();
  await drawer.getByRole('tab', { name: 'Form' }).click();
  await expect(drawer.getByRole('radio', { name: /Log storm/ })).toBeChecked();
  await expect(drawer.getByLabel('Share', { exact: true })).toHaveValue('10');

  await drawer.getByRole('tab', { name: /^Running/ }).click();
  const list = drawer.getByRole('region', { name: 'Running and scheduled' });
  const storm = list.getByRole('listitem').filter({ hasText: 'Log storm' }).filter({ hasText: 'begins in' }).first();
  await expect(storm).toBeVisible();
  await storm.getByRole('button', { name: 'Stop Log storm on 5 devices' }).click();
  await expect(storm).toBeHidden();
  await expect(list.getByText('Packet loss and latency')).toBeVisible();
  await drawer.getByRole('button', { name: 'Stop all' }).click();
  await expect(list.getByText('Nothing runs, and nothing is to come.')).toBeVisible();
  const over = drawer.getByRole('region', { name: 'Over' });
  await expect(
    over.getByRole('listitem').filter({ hasText: 'Packet loss' }).getByText('Stopped').first(),
  ).toBeVisible();
});

test('the injector is accessible and fits in both themes, on a phone and on a screen', async ({ page }) => {
  test.setTimeout(180_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openApp(page, 'scenarios');
  await page.getByRole('button', { name: 'Inject fault' }).click();
  const drawer = page.getByRole('dialog', { name: 'Inject' });
  await drawer.getByLabel('Target', { exact: true }).selectOption('devices');
  await drawer.getByText('Onset, start, origin').click();
  await drawer.getByLabel('Start', { exact: true }).selectOption('repeat');
  await drawer.getByLabel('Times').fill('0');
  await drawer.getByRole('button', { name: 'Inject', exact: true }).click();
  await expect(drawer.getByText('choose at least one device')).toBeVisible();
  await expect(drawer.getByText('Times must be in [1, 1000], got 0')).toBeVisible();
  for (const colorScheme of ['dark', 'light'] as const) {
    for (const width of [360, 1280]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(sideways).toBeLessThanOrEqual(0);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id }) => `${colorScheme} ${width}: ${id}`)).toEqual([]);
    }
  }
  await drawer.getByLabel('Search faults').fill('disk');
  await page.keyboard.press('Escape');
  await expect(drawer.getByLabel('Search faults')).toHaveValue('');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
});
