import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BEFORE, AFTER, dockmod, folderWith, read, type Ran } from './program.js';

const LIMIT = ['--file-timeout', '0.6'];

/** A plug-in that does not come to an end in files that say so. */
const plugin = (loop: string): string => `export const a = {
  name: 'stray', level: 'safe', mayChange: [], summary: 'Go astray.',
  *find({ dockerfile }) { if (dockerfile.text.includes('# endless')) { ${loop} } },
};\n`;
const LOOPS = {
  'an endless loop': 'for (;;);',
  'a loop that catches all': 'for (;;) try { throw 1; } catch { continue; } finally { continue; }',
  'a regular expression': `/^(?:b+)+$/.test('b'.repeat(99) + 'c');`,
};
const ENDLESS = `# endless\n${BEFORE}`;

const options = (folder: string): string[] => ['--transform', join(folder, 'stray.mjs'), ...LIMIT];

function expectSkipped({ code, err }: Ran, folder: string, path: string): void {
  const where = `stray (${join(folder, 'stray.mjs')})`;
  expect(err).toContain(
    `error ${path}: skipped: after 0.6 s ${where} was still at work; --file-timeout sets the limit\n`,
  );
  expect(code).toBe(2);
}

describe('a Dockerfile that takes too long is named and skipped, and the others are fixed', () => {
  it.each(Object.entries(LOOPS))('in a small run: %s', (_name, loop) => {
    const files = { 'a/Dockerfile': ENDLESS, 'b/Dockerfile': BEFORE, 'stray.mjs': plugin(loop) };
    const folder = folderWith(files);
    expectSkipped(dockmod(folder, ['fix', ...options(folder)]), folder, 'a/Dockerfile');
    expect([read(folder, 'a/Dockerfile'), read(folder, 'b/Dockerfile')]).toEqual([ENDLESS, AFTER]);
  });

  it.each([1, 3])('in a run over many, with %d threads', (threads) => {
    const many = Array.from({ length: 80 }, (_, i) => [`d${i}/Dockerfile`, i % 20 === 7 ? ENDLESS : BEFORE] as const);
    const folder = folderWith({ ...Object.fromEntries(many), 'stray.mjs': plugin(LOOPS['an endless loop']) });
    const ran = dockmod(folder, ['fix', '--jobs', String(threads), ...options(folder)]);
    expect(ran.err.match(/skipped: after/g)).toHaveLength(4);
    for (const i of [7, 27, 47, 67]) expectSkipped(ran, folder, `d${i}/Dockerfile`);
    for (const [path, text] of many) expect(read(folder, path)).toBe(text === ENDLESS ? ENDLESS : AFTER);
  });

  it('on standard input, which comes back as it was', () => {
    const folder = folderWith({ 'stray.mjs': plugin(LOOPS['an endless loop']) });
    const ran = dockmod(folder, ['fix', '-', ...options(folder)], ENDLESS);
    expectSkipped(ran, folder, '<stdin>');
    expect(ran.out).toBe(ENDLESS);
  });

  it('as JSON, with the transform that was at work', () => {
    const folder = folderWith({ Dockerfile: ENDLESS, 'stray.mjs': plugin(LOOPS['an endless loop']) });
    const { out } = dockmod(folder, ['check', '--format', 'json', ...options(folder)]);
    const { files } = JSON.parse(out) as { files: readonly { problems: readonly object[] }[] };
    expect(files[0]?.problems).toMatchObject([{ kind: 'timeout', path: 'Dockerfile', transform: 'stray' }]);
  });

  it('without any plug-in, when the limit is short', () => {
    const folder = folderWith({ Dockerfile: `FROM alpine:3.20\n${'RUN apk add git && make\n'.repeat(5000)}` });
    const { code, err } = dockmod(folder, ['check', '--file-timeout', '0.001']);
    expect([code, err]).toEqual([2, expect.stringContaining('error Dockerfile: skipped: after 0.001 s') as string]);
  });
});

it.each(['0', '-1', 'soon', '1e3', ''])('--file-timeout %j is refused', (value) => {
  const folder = folderWith({ Dockerfile: BEFORE });
  expect(dockmod(folder, ['fix', `--file-timeout=${value}`])).toMatchObject({ code: 2 });
  expect(read(folder, 'Dockerfile')).toBe(BEFORE);
});
