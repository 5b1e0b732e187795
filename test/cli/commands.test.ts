import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AFTER, BEFORE, CLI, dockmod, folderWith, ONLY, read } from './program.js';

describe('dockmod', () => {
  it('prints help without arguments, and its version', () => {
    expect(dockmod('.', [])).toMatchObject({ code: 0, out: expect.stringContaining('Usage: dockmod') as string });
    expect(dockmod('.', ['--version']).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('suggests the command and the option that were meant', () => {
    expect(dockmod('.', ['fixx'])).toMatchObject({ code: 2, err: expect.stringContaining('fix') as string });
    expect(dockmod('.', ['fix', '--dry-rum'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--dry-run') as string,
    });
  });

  it('refuses --safe with --unsafe, a wrong format, and - beside a path', () => {
    expect(dockmod('.', ['fix', '--safe', '--unsafe']).code).toBe(2);
    expect(dockmod('.', ['fix', '--format', 'xml'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('markdown') as string,
    });
    expect(dockmod('.', ['fix', '-', 'Dockerfile']).code).toBe(2);
    expect(dockmod('.', ['fix', '--stdin-filename', 'Dockerfile', '.']).code).toBe(2);
  });
});

describe('dockmod fix', () => {
  it('fixes in place, says what it did, and settles', () => {
    const folder = folderWith({ Dockerfile: BEFORE, 'app.txt': '' });
    const first = dockmod(folder, ['fix', ...ONLY]);
    expect(first.code).toBe(0);
    expect(first.out).toContain('Dockerfile\n  2  copy-instead-of-add  ');
    expect(first.out).toContain('1 file, 1 changed, 1 change\n');
    expect(read(folder, 'Dockerfile')).toBe(AFTER);
    expect(readdirSync(folder).sort()).toEqual(['Dockerfile', 'app.txt']);
    expect(dockmod(folder, ['fix', ...ONLY, '--exit-code'])).toMatchObject({ code: 0 });
  });

  it('writes nothing in a dry run, whose output git applies', () => {
    const crlf = BEFORE.replaceAll('\n', '\r\n').trimEnd();
    const folder = folderWith({
      'a b/Dockerfile': BEFORE,
      'Dockerfile.crlf': crlf,
      '\u00e9.Dockerfile': `\uFEFF${BEFORE}`,
    });
    const { code, out, err } = dockmod(folder, ['fix', ...ONLY, '--dry-run']);
    expect(code).toBe(0);
    expect(out).toContain('--- a/a b/Dockerfile');
    expect(out).toContain('\\ No newline at end of file');
    expect(err).toContain('3 files, 3 would change');
    expect(read(folder, 'a b/Dockerfile')).toBe(BEFORE);
    const applied = spawnSync('git', ['apply', '-'], { cwd: folder, input: out, encoding: 'utf8' });
    expect(applied.stderr).toBe('');
    expect(read(folder, 'a b/Dockerfile')).toBe(AFTER);
    expect(read(folder, 'Dockerfile.crlf')).toBe(crlf.replace('ADD', 'COPY'));
    expect(read(folder, '\u00e9.Dockerfile')).toBe(`\uFEFF${AFTER}`);
  });

  it('creates an ignore file once for the Dockerfiles that share a context, and shows it in the diff', () => {
    const dockerfile = 'FROM node:20-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "x.js"]\n';
    const files = {
      Dockerfile: dockerfile,
      'Dockerfile.dev': dockerfile,
      'package.json': '{}',
      'package-lock.json': '{}',
      'x.js': '',
    };
    const folder = folderWith(files);
    spawnSync('git', ['init', '-q'], { cwd: folder });
    const { out } = dockmod(folder, ['fix', '--only', 'write-dockerignore', '--dry-run']);
    expect(out.match(/new file mode 100644/g)).toHaveLength(1);
    expect(existsSync(`${folder}/.dockerignore`)).toBe(false);
    expect(dockmod(folder, ['fix', '--only', 'write-dockerignore'])).toMatchObject({ code: 0 });
    expect(read(folder, '.dockerignore')).toBe('.git\nnode_modules\n');
    expect(dockmod(folder, ['fix', '--only', 'write-dockerignore', '--exit-code'])).toMatchObject({ code: 0 });
  });

  it('prints the fixed text of standard input, and the diff in a dry run', () => {
    const folder = folderWith({});
    expect(dockmod(folder, ['fix', '-', ...ONLY], BEFORE)).toEqual({ code: 0, out: AFTER, err: '' });
    const dry = dockmod(folder, ['fix', '-', '--dry-run', '--stdin-filename', 'api/Dockerfile', ...ONLY], BEFORE);
    expect(dry.out).toContain('+++ b/api/Dockerfile\n');
    const broken = Buffer.from('FROM a\nRUN \xff\n', 'latin1');
    const { status, stdout } = spawnSync(process.execPath, [CLI, 'fix', '-'], { cwd: folder, input: broken });
    expect([status, stdout.equals(broken)]).toEqual([2, true]);
  });

  it('prints JSON and Markdown', () => {
    const folder = folderWith({ Dockerfile: BEFORE, 'Dockerfile.bad': 'NOPE\nFROM a\n' });
    const json = dockmod(folder, ['fix', ...ONLY, '--dry-run', '--format', 'json']);
    expect(json.code).toBe(2);
    expect(JSON.parse(json.out)).toMatchObject({
      version: 1,
      files: [
        { path: 'Dockerfile', changed: true, changes: [{ transform: 'copy-instead-of-add', line: 2 }], problems: [] },
        { path: 'Dockerfile.bad', changed: false, problems: [{ kind: 'parse', line: 1 }] },
      ],
      summary: { files: 2, changed: 1, problems: 1 },
    });
    const markdown = dockmod(folder, ['fix', ...ONLY, '--dry-run', '--format', 'markdown']).out;
    expect(markdown).toContain('### Dockerfile\n');
    expect(markdown).toContain('```diff\n');
    expect(markdown).toContain('| `copy-instead-of-add` | 1 |');
  });

  it('says nothing with --quiet but what is wrong', () => {
    const folder = folderWith({ Dockerfile: BEFORE, 'Dockerfile.bad': 'FROM a\nNOPE\n' });
    const { code, out, err } = dockmod(folder, ['fix', '--quiet', ...ONLY]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^error Dockerfile\.bad:2: .*\n$/);
  });

  it('colours on demand, and never sends control characters of a file to a terminal', () => {
    const folder = folderWith({ Dockerfile: BEFORE.replace('CMD', '# \u001b[31m red\nCMD') });
    const plain = dockmod(folder, ['fix', '--dry-run', ...ONLY]).out;
    expect(plain).toContain('\u001b[31m red');
    const coloured = dockmod(folder, ['fix', '--dry-run', ...ONLY], '', { FORCE_COLOR: '1' }).out;
    expect(coloured).toMatch(/\u001b\[32m\+.*COPY/);
    expect(coloured).toContain('^[[31m red');
    expect(dockmod(folder, ['check', ...ONLY], '', { NO_COLOR: '1' }).out).not.toContain('\u001b');
  });

  it('ends quietly when the reader goes away', () => {
    const files = Object.fromEntries(
      Array.from({ length: 50 }, (_, i) => [`${i}/Dockerfile`, BEFORE + '# x\n'.repeat(500)]),
    );
    const folder = folderWith(files);
    const script = `"${process.execPath}" "${CLI}" fix --dry-run | head -n 1`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' });
    expect(stdout).toMatch(/^0\/Dockerfile:2 copy-instead-of-add safe .*\n$/);
    expect(stderr).not.toContain('EPIPE');
  });

  it('gives the same with worker threads as without, in the same order', () => {
    const files = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`d${i % 7}/${i}.Dockerfile`, BEFORE]));
    const folder = folderWith(files);
    const one = dockmod(folder, ['fix', '--dry-run', '--jobs', '1', ...ONLY]);
    const many = dockmod(folder, ['fix', '--dry-run', '--jobs', '3', ...ONLY]);
    expect(many).toEqual(one);
    expect(many.err).toContain('150 files, 150 would change');
  });
});

describe('dockmod check', () => {
  it('exits 1 when something would change, and writes nothing', () => {
    const folder = folderWith({ Dockerfile: BEFORE });
    const { code, out } = dockmod(folder, ['check', ...ONLY]);
    expect(code).toBe(1);
    expect(out).toContain('1 would change');
    expect(read(folder, 'Dockerfile')).toBe(BEFORE);
    expect(dockmod(folder, ['check', '-', ...ONLY], AFTER).code).toBe(0);
    expect(dockmod(folder, ['check', '-', ...ONLY], BEFORE).code).toBe(1);
  });
});

describe('dockmod explain and list', () => {
  it('says what a transform does', () => {
    const { code, out } = dockmod('.', ['explain', 'copy-instead-of-add']);
    expect(code).toBe(0);
    expect(out).toContain('copy-instead-of-add (safe, ');
    expect(out).toContain('May change in the image: ');
    expect(out).toContain('+COPY nginx.conf ');
  });

  it('names every change in a Dockerfile and every place left alone', () => {
    const folder = folderWith({ Dockerfile: BEFORE.replace('CMD', 'ADD $X /y/\nCMD') });
    const { code, out } = dockmod(folder, ['explain', 'Dockerfile', '--only', 'copy-instead-of-add']);
    expect(code).toBe(0);
    expect(out).toMatch(
      /Changes\n {2}2 {2}copy-instead-of-add {2}.*\(safe, DL3020, DS-0005\)\nLeft alone\n {2}3 {2}copy-instead-of-add {2}/,
    );
  });

  it('suggests what was meant', () => {
    const { code, err } = dockmod('.', ['explain', 'copy-insted-of-add']);
    expect(code).toBe(2);
    expect(err).toContain('did you mean copy-instead-of-add?');
  });

  it('lists the catalogue', () => {
    expect(dockmod('.', ['list']).out).toMatch(/^copy-instead-of-add +safe +\S/m);
    expect(JSON.parse(dockmod('.', ['list', '--format', 'json']).out)).toContainEqual(
      expect.objectContaining({ name: 'copy-instead-of-add', level: 'safe' }),
    );
  });
});
