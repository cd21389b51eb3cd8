// Draws media/logo.svg as media/icon.png, 256 × 256, which the package shows in the list of extensions. The PNG is
// committed; run this after changing the logo: `node scripts/icon.mjs`.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from './browser.mjs';

const media = new URL('../media/', import.meta.url);
const size = 256;

const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const logo = await readFile(new URL('logo.svg', media), 'utf8');
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${logo}`);
  await page.screenshot({ path: fileURLToPath(new URL('icon.png', media)), omitBackground: true });
} finally {
  await browser.close();
}
