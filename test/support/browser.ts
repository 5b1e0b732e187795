import { spawnSync } from 'node:child_process';
import puppeteer, { type Browser } from 'puppeteer-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const program = NAMES.find((name) => spawnSync(name, ['--version'], { timeout: 20_000 }).status === 0);
export const hasBrowser = program !== undefined;
if (!hasBrowser) console.log('there is no chromium on this machine: the tests of the HTML page are skipped');

/** A real browser, without a window. */
export async function openBrowser(): Promise<Browser> {
  const path = spawnSync('sh', ['-c', `command -v ${program ?? ''}`])
    .stdout.toString()
    .trim();
  return puppeteer.launch({ executablePath: path, args: ['--no-sandbox', '--disable-gpu'] });
}
