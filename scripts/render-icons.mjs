// Renders public/icons/favicon.svg to the PNG sizes that the manifest names. Run by hand after the drawing changed:
// node scripts/render-icons.mjs
import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright';
import { findChromium } from './find-chromium.mjs';

const folder = new URL('../public/icons/', import.meta.url);
const svg = await readFile(new URL('favicon.svg', folder), 'utf8');
// A maskable icon is cropped to any shape: no round corners, and the mark inside the inner 80 %.
const maskable = svg
  .replace(' rx="14"', '')
  .replace('viewBox="0 0 64 64"', 'viewBox="-8 -8 80 80"')
  .replace('<rect width="64" height="64"', '<rect x="-8" y="-8" width="80" height="80"');

const browser = await chromium.launch({ executablePath: await findChromium() });
for (const { name, size, source } of [
  { name: 'icon-192.png', size: 192, source: svg },
  { name: 'icon-512.png', size: 512, source: svg },
  { name: 'icon-maskable-512.png', size: 512, source: maskable },
]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const sized = source.replace('<svg ', `<svg width="${size}" height="${size}" style="display:block" `);
  await page.setContent(`<body style="margin:0">${sized}</body>`);
  await page.screenshot({ path: new URL(name, folder).pathname, omitBackground: true });
  await page.close();
  console.log(name);
}
await browser.close();
