/**
 * The pictures of stewards.md, from what the browser tests kept: `npm test -- test/browser`, then `node docs/pictures.ts`. WebP, the
 * top of long pages alone.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const HIGHEST_PX = 1_300;
const QUALITY = 0.8;
const here = (path: string): URL => new URL(path, import.meta.url);

const named = [...(await readFile(here('stewards.md'), 'utf8')).matchAll(/\(screenshots\/([\w-]+)\.webp\)/g)].map(([, name = '']) => name);
const browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
try {
  const page = await browser.newPage();
  for (const name of named) {
    const png = (await readFile(here(`../.assay/screenshots/${name}.png`))).toString('base64');
    const webp = await page.evaluate(async ([data, highest, quality]) => {
      const picture = new Image();
      picture.src = `data:image/png;base64,${data}`;
      await picture.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [picture.width, Math.min(picture.height, highest)];
      canvas.getContext('2d')?.drawImage(picture, 0, 0);
      return canvas.toDataURL('image/webp', quality).split(',')[1] ?? '';
    }, [png, HIGHEST_PX, QUALITY] as const);
    await writeFile(here(`screenshots/${name}.webp`), Buffer.from(webp, 'base64'));
  }
} finally {
  await browser.close();
}
