import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dockmod, folderWith, ONLY, read } from './program.js';

const LOOSE = 'FROM  alpine:3.20\n# one\nrun apk add   curl && \\\n      echo hi\nADD a   b /c/\n';
const TIGHT = 'FROM alpine:3.20\n# one\nRUN apk add curl \\\n  && echo hi\nCOPY a b /c/\n';
/** The formatter turns it into ENV A=1, which is another key to BuildKit's cache. */
const OLD_ENV = 'FROM alpine:3.20\nENV  A 1\n';
/** The formatter ends its process over it. */
const FATAL = `${LOOSE}RUN <<EOF\n  echo "open\nEOF\n`;

interface Found {
  readonly transform: string;
  readonly code?: string;
  readonly reason?: string;
}

describe('--format prettier', () => {
  it.each([
    ['fix', '--format', 'prettier', 'Dockerfile'],
    ['fix', 'Dockerfile', '--format'],
    ['fix', '--format', '--quiet'],
  ])('%s %s %s lays out what was fixed, and settles', (...args) => {
    const folder = folderWith({ Dockerfile: LOOSE });
    expect(dockmod(folder, [...args, ...ONLY])).toMatchObject({ code: 0, err: '' });
    expect(read(folder, 'Dockerfile')).toBe(TIGHT);
    expect(dockmod(folder, ['check', '--format', 'prettier', ...ONLY])).toMatchObject({ code: 0 });
  });

  it('keeps the line ends and the byte order mark, on standard input too', () => {
    const windows = (text: string): string => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    const { code, out, err } = dockmod('.', ['fix', '-', ...ONLY, '--format'], windows(LOOSE));
    expect([code, out, err]).toEqual([0, windows(TIGHT), '']);
  });

  it('changes nothing but layout: where the image would differ, the file keeps its own, with the reason', () => {
    const folder = folderWith({ Dockerfile: OLD_ENV });
    expect(dockmod(folder, ['fix', '--format', 'prettier', ...ONLY])).toMatchObject({ code: 0, err: '' });
    expect(read(folder, 'Dockerfile')).toBe(OLD_ENV);
    const report = JSON.parse(dockmod(folder, ['check', '--format', 'prettier', '--format', 'json', ...ONLY]).out) as {
      files: readonly [{ leftAlone: readonly Found[] }];
    };
    const [left] = report.files[0].leftAlone;
    expect(left).toMatchObject({ transform: 'format', code: 'facet' });
    expect(left?.reason).toContain('not formatted: it may not change this: env: ');
  });

  it('is stopped by no file that the formatter can not take, in worker threads too', () => {
    const many = Object.fromEntries(
      Array.from({ length: 64 }, (_, i) => [`${i}/Dockerfile`, i % 16 === 5 ? FATAL : LOOSE]),
    );
    const folder = folderWith(many);
    expect(dockmod(folder, ['fix', '--jobs', '2', '--format', 'prettier', ...ONLY])).toMatchObject({
      code: 0,
      err: '',
    });
    for (const [path, before] of Object.entries(many))
      expect(read(folder, path)).toBe(before === FATAL ? FATAL.replace('ADD', 'COPY') : TIGHT);
  });

  it('runs nothing of the project: its settings for Prettier are not read', () => {
    const trace = join(folderWith({}), 'ran');
    const code = `require('fs').writeFileSync(${JSON.stringify(trace)}, ''); module.exports = { tabWidth: 8 };`;
    const folder = folderWith({ Dockerfile: LOOSE, 'prettier.config.cjs': code, '.prettierrc': 'tabWidth: 8\n' });
    expect(dockmod(folder, ['fix', '--format', 'prettier', ...ONLY]).code).toBe(0);
    expect([existsSync(trace), read(folder, 'Dockerfile')]).toEqual([false, TIGHT]);
  });

  it('is said where another word is given', () => {
    const { code, err } = dockmod('.', ['fix', '--format', 'Dockerfile']);
    expect(code).toBe(2);
    expect(err).toContain('A report is text, json, markdown. To format Dockerfiles: --format prettier.');
  });
});
