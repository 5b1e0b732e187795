import { chmodSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AFTER, BEFORE, dockmod, folderWith, ONLY, read } from './program.js';

/** Each is fixed together with a good file, which must be fixed anyway. */
const BAD: Readonly<Record<string, readonly [content: string | Buffer, message: RegExp]>> = {
  'not UTF-8': [Buffer.from('FROM a\nRUN echo \xe9\n', 'latin1'), /^error Dockerfile\.bad:2: it is not UTF-8$/m],
  'UTF-16': [Buffer.from('\uFEFFFROM a\n', 'utf16le'), /^error Dockerfile\.bad:1: it is UTF-16/m],
  empty: ['', /^error Dockerfile\.bad:1: no FROM/m],
  'only comments': ['# one\n\n# two\n', /^error Dockerfile\.bad:1: no FROM/m],
  'no FROM': ['ARG A=1\n', /^error Dockerfile\.bad:1: no FROM/m],
  'RUN before FROM': ['RUN true\nFROM a\n', /^error Dockerfile\.bad:1: RUN is before the first FROM/m],
  'unknown instruction': ['FROM a\n\nRUNN true\n', /^error Dockerfile\.bad:3: unknown instruction "RUNN"/m],
  'unterminated heredoc': ['FROM a\nRUN <<EOF\ntrue\n', /^error Dockerfile\.bad:2: .*heredoc/m],
  'a directive given twice': ['# escape=`\n# escape=`\nFROM a\n', /^error Dockerfile\.bad:2: only one escape/m],
};

describe.each(Object.entries(BAD))('%s', (_, [content, message]) => {
  it('is reported with path and line; the file is left alone, the others are fixed', () => {
    const folder = folderWith({ Dockerfile: BEFORE, 'Dockerfile.bad': content, 'z/Dockerfile': BEFORE });
    const { code, err } = dockmod(folder, ['fix', ...ONLY, '.', 'Dockerfile.bad']);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(read(folder, 'Dockerfile')).toBe(AFTER);
    expect(read(folder, 'z/Dockerfile')).toBe(AFTER);
    expect(read(folder, 'Dockerfile.bad')).toBe(content.toString());
  });
});

describe('large files', () => {
  it('fixes 10 MB', () => {
    const folder = folderWith({ Dockerfile: BEFORE + `# ${'x'.repeat(98)}\n`.repeat(100_000) });
    expect(dockmod(folder, ['fix', ...ONLY])).toMatchObject({ code: 0, err: '' });
    expect(read(folder, 'Dockerfile').startsWith(AFTER)).toBe(true);
    expect(statSync(join(folder, 'Dockerfile')).size).toBe(BEFORE.length + 1 + 10_100_000);
  });

  it('fixes 100,000 lines in one instruction', () => {
    const folder = folderWith({ Dockerfile: `${BEFORE}RUN true ${'\\\n  && true '.repeat(100_000)}\n` });
    expect(dockmod(folder, ['fix', ...ONLY])).toMatchObject({ code: 0, err: '' });
    expect(read(folder, 'Dockerfile').startsWith(AFTER)).toBe(true);
  });

  it('shows the diff of a file in which every line changes', () => {
    const folder = folderWith({ Dockerfile: 'FROM a\n' + 'ADD x /y/\n'.repeat(20_000) });
    const { code, out } = dockmod(folder, ['fix', '--dry-run', ...ONLY]);
    expect(code).toBe(0);
    expect(out.match(/^\+COPY x/gm)).toHaveLength(20_000);
  });
});

describe('places', () => {
  it('a path that is not there', () => {
    const folder = folderWith({ Dockerfile: BEFORE });
    const { code, err } = dockmod(folder, ['fix', 'nothing/Dockerfile', 'Dockerfile', ...ONLY]);
    expect([code, err]).toEqual([2, 'error nothing/Dockerfile: the file does not exist\n']);
    expect(read(folder, 'Dockerfile')).toBe(AFTER);
  });

  it('a folder named Dockerfile', () => {
    const folder = folderWith({ 'a/Dockerfile': BEFORE });
    mkdirSync(join(folder, 'Dockerfile'));
    expect(dockmod(folder, ['fix', ...ONLY])).toMatchObject({ code: 0 });
    const { code, err } = dockmod(folder, ['fix', 'Dockerfile']);
    expect([code, err]).toEqual([2, 'error Dockerfile: it is a folder without a Dockerfile\n']);
  });

  it('a folder without any', () => {
    expect(dockmod(folderWith({ 'README.md': '' }), ['fix'])).toMatchObject({ code: 0, out: 'No Dockerfile found.\n' });
  });

  it('a symbolic link out of the tree is refused; one inside has its target written; cycles do no harm', () => {
    const outside = folderWith({ Dockerfile: BEFORE });
    const folder = folderWith({ 'build/app.docker': BEFORE });
    symlinkSync(join(outside, 'Dockerfile'), join(folder, 'Dockerfile.out'));
    symlinkSync('nowhere', join(folder, 'Dockerfile.gone'));
    symlinkSync('build/app.docker', join(folder, 'Dockerfile'));
    symlinkSync('..', join(folder, 'build/loop'));
    const { code, err } = dockmod(folder, ['fix', ...ONLY]);
    expect(code).toBe(2);
    expect(err).toContain('error Dockerfile.out: it is a symbolic link that leads out of the tree');
    expect(err).toContain('error Dockerfile.gone: it is a symbolic link to a file that does not exist');
    expect(read(outside, 'Dockerfile')).toBe(BEFORE);
    expect(read(folder, 'build/app.docker')).toBe(AFTER);
    expect(dockmod(folder, ['fix', 'Dockerfile.out', ...ONLY]).code).toBe(2);
  });

  it.skipIf(process.getuid?.() === 0)('a file without the right to read or to write it', () => {
    const folder = folderWith({ Dockerfile: BEFORE, 'Dockerfile.r': BEFORE, 'Dockerfile.w': BEFORE });
    chmodSync(join(folder, 'Dockerfile.r'), 0o200);
    chmodSync(join(folder, 'Dockerfile.w'), 0o400);
    const { code, err } = dockmod(folder, ['fix', ...ONLY]);
    expect(code).toBe(2);
    expect(err).toContain('error Dockerfile.r: permission denied');
    expect(err).toContain('error Dockerfile.w: not written: permission denied');
    expect(read(folder, 'Dockerfile')).toBe(AFTER);
  });

  it('keeps the mode, and leaves no temporary file', () => {
    const folder = folderWith({ Dockerfile: BEFORE });
    chmodSync(join(folder, 'Dockerfile'), 0o751);
    dockmod(folder, ['fix', ...ONLY]);
    expect(statSync(join(folder, 'Dockerfile')).mode & 0o777).toBe(0o751);
    expect(readdirSync(folder)).toEqual(['Dockerfile']);
  });
});

describe('configuration and names', () => {
  it.each([
    [
      'dockmod.config.json',
      '{"level":"sfae"}',
      'level: "sfae" is not legal; did you mean safe? legal: safe, guarded, unsafe',
    ],
    [
      'dockmod.config.json',
      '{"levle":"safe"}',
      'levle: unknown key; did you mean level? legal: level, only, skip, transforms, ',
    ],
    ['dockmod.config.json', '{"only":["merg-run"]}', 'only.0: "merg-run" is not legal; did you mean merge-run?'],
    [
      'dockmod.config.json',
      '{"transforms":{"merge-rum":false}}',
      'transforms.merge-rum: unknown key; did you mean merge-run?',
    ],
    [
      'dockmod.config.json',
      '{"transforms":{"pin-base-image":{"granularity":"minro"}}}',
      'transforms.pin-base-image.granularity: "minro" is not legal; did you mean minor?',
    ],
    ['dockmod.config.json', '{\n"level": safe\n}', 'it is not JSON'],
    ['dockmod.config.yaml', 'level: [safe\n', 'error dockmod.config.yaml:'],
    ['dockmod.config.yaml', 'exclude: fixtures\n', 'exclude: '],
    ['package.json', '{"dockmod":{"skip":"merge-run"}}', 'error package.json: skip: '],
    ['dockmod.config.json', '{"plugins":["./gone.mjs"]}', "gone.mjs: it can't be loaded"],
  ])('%s with %s', (name, text, message) => {
    const folder = folderWith({ Dockerfile: BEFORE, [name]: text });
    const { code, err } = dockmod(folder, ['fix']);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err).toContain(name);
    expect(read(folder, 'Dockerfile')).toBe(BEFORE);
    expect(dockmod(folder, ['fix', '--config', name])).toMatchObject({
      code: 2,
      err: expect.stringContaining(message.replace('error ', '')) as string,
    });
  });

  it('a wrong configuration stops only the files below it', () => {
    const folder = folderWith({ 'a/Dockerfile': BEFORE, 'b/Dockerfile': BEFORE, 'b/dockmod.config.json': '{"x":1}' });
    const { code, err } = dockmod(folder, ['fix', ...ONLY]);
    expect(code).toBe(2);
    expect(err).toContain('error b/dockmod.config.json: x: unknown key');
    expect([read(folder, 'a/Dockerfile'), read(folder, 'b/Dockerfile')]).toEqual([AFTER, BEFORE]);
  });

  it('an unknown transform', () => {
    const folder = folderWith({ Dockerfile: BEFORE });
    for (const option of ['--only', '--skip'])
      expect(dockmod(folder, ['fix', option, 'copy-instead-add'])).toEqual({
        code: 2,
        out: '',
        err: 'error there is no transform copy-instead-add: did you mean copy-instead-of-add?\n',
      });
    expect(read(folder, 'Dockerfile')).toBe(BEFORE);
  });
});
