import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportFiles } from '../../../src/bulk/report/index.js';
import { hasBrowser, openBrowser } from '../../support/browser.js';
import { temporaryFolder } from '../../support/repositories.js';
import { HOSTILE, model, row } from './model.js';

const ROWS = [
  row('acme/shop', { reason: HOSTILE }),
  row('acme/blog', { state: 'failed', checks: 'none', fixes: [], reason: 'the disk is full' }),
  row(`acme/${'long-name-'.repeat(12)}`, { state: 'merged', checks: 'red' }),
  ...Array.from({ length: 800 }, (_, index) => row(`acme/r${index}`, { state: 'pushed' })),
];

describe.skipIf(!hasBrowser)('the page', () => {
  let browser: Browser;
  let url: string;
  beforeAll(async () => {
    browser = await openBrowser();
    const file = join(temporaryFolder(), 'report.html');
    writeFileSync(file, reportFiles(model(ROWS))['report.html'] ?? '');
    url = pathToFileURL(file).href;
  });
  afterAll(() => browser.close());

  async function open(
    width: number,
    scheme: 'light' | 'dark' = 'light',
    hash = '',
  ): Promise<{ page: Page; said: string[] }> {
    const page = await browser.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    page.on('request', (request) => request.url().startsWith('file:') || said.push(request.url()));
    await page.setViewport({ width, height: 900 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.goto(`${url}${hash}`);
    return { page, said };
  }
  const names = (page: Page): Promise<string[]> =>
    page.$$eval('table.rows tbody th[scope=row]', (cells) => cells.map((cell) => cell.textContent));

  it('loads nothing, says nothing to the console, runs nothing of a repository', async () => {
    const { page, said } = await open(1280);
    await page.click('table.rows tbody button');
    expect(said).toEqual([]);
    expect(await page.title()).toBe('Campaign look');
    await page.close();
  });

  it.each([
    [360, 'light'],
    [360, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)('fits %i pixels, %s, and can be read', async (width, scheme) => {
    const { page } = await open(width, scheme);
    await page.click('table.rows tbody button');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const low = await page.evaluate(() => {
      const parse = (text: string): number[] => (/[\d.]+/g[Symbol.match](text) ?? []).map(Number);
      const light = (text: string): number => {
        const [r = 0, g = 0, b = 0] = parse(text).map((one) => {
          const value = one / 255;
          return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ground = (element: Element | null): string => {
        if (element === null) return 'rgb(255, 255, 255)';
        const colour = getComputedStyle(element).backgroundColor;
        return (parse(colour)[3] ?? 1) === 0 ? ground(element.parentElement) : colour;
      };
      return [
        ...document.querySelectorAll('h1, h2, p, dt, dd, th, td, li, a, label, .line, .line span, select'),
      ].flatMap((element) => {
        const [a, b] = [light(getComputedStyle(element).color), light(ground(element))];
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        return contrast < 4.5 ? [`${element.tagName}.${element.className}: ${contrast.toFixed(1)}`] : [];
      });
    });
    expect([...new Set(low)]).toEqual([]);
    await page.close();
  });

  it('filters, sorts, and keeps the filter in the address', async () => {
    const { page } = await open(1280);
    expect(await names(page)).toHaveLength(ROWS.length);
    await page.type('input[name=words]', 'disk');
    expect(await names(page)).toEqual(['acme/blog']);
    expect(await page.$eval('#count', (count) => count.textContent)).toBe(`1 of ${ROWS.length}`);
    await page.close();
    const second = await open(1280, 'light', '#state=merged');
    expect(await names(second.page)).toHaveLength(1);
    await second.page.select('select[name=state]', '');
    await second.page.click('th[data-sort=fixes] button');
    await second.page.click('th[data-sort=fixes] button');
    expect((await names(second.page))[0]).toBe('acme/blog');
    expect(await second.page.$eval('th[data-sort=fixes]', (header) => header.getAttribute('aria-sort'))).toBe(
      'descending',
    );
    await second.page.close();
  });

  it('works by the keyboard alone', async () => {
    const { page } = await open(1280, 'light', '#words=shop');
    for (let tab = 0; tab < 30; tab++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement?.textContent === 'acme/shop')) break;
    }
    await page.keyboard.press('Enter');
    expect(await page.$eval('table.rows tbody button', (button) => button.getAttribute('aria-expanded'))).toBe('true');
    const diff = await page.$eval('pre', (pre) => pre.textContent);
    expect(diff).toContain('+FROM node:26.7.0-trixie');
    expect(await page.$$eval('pre .keyword', (words) => words.map((word) => word.textContent))).toContain('FROM');
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle);
    expect(outline).toBe('solid');
    expect(await page.$eval('.details', (box) => box.textContent)).toContain('<U+202E>');
    await page.close();
  });

  it('is quick with 800 repositories', async () => {
    const { page } = await open(1280);
    const milliseconds = await page.evaluate(() => {
      const field = document.querySelector<HTMLInputElement>('input[name=words]');
      const start = performance.now();
      if (field !== null) field.value = 'r7';
      field?.dispatchEvent(new Event('input', { bubbles: true }));
      return performance.now() - start;
    });
    expect(milliseconds).toBeLessThan(1000);
    await page.close();
  });
});
