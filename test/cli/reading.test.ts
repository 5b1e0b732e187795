import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CLI, dockmod, folderWith, read } from './program.js';

const GAP = '\n'.repeat(9);
const FILES = {
  Dockerfile: `FROM node:22\nADD a.txt /srv/\nWORKDIR /app\n${GAP}RUN apt-get update && apt-get install -y git\nRUN npm install -g serve\nCMD ["serve"]\n`,
  'a.txt': 'a\n',
};
const ONLY = ['--only', 'copy-instead-of-add,remove-package-caches'];
const ADD = 'Dockerfile:2 copy-instead-of-add safe DL3020 DS-0005 Use COPY: ADD is for archives and remote sources\n';

const plain = (text: string): string => text.replace(/\u001b\[\d+m/g, '');

describe('a dry run', () => {
  it('says why above each file in the order of its lines, and what above each hunk, and git applies it', () => {
    const folder = folderWith(FILES);
    const { out } = dockmod(folder, ['fix', '--dry-run', ...ONLY]);
    const [first, second, third, header] = out.split('\n');
    expect(`${first ?? ''}\n`).toBe(ADD);
    expect(second).toMatch(/^Dockerfile:13 remove-package-caches safe DL3009 Empty .*lists\/\*$/);
    expect(third).toMatch(/^Dockerfile:14 remove-package-caches safe Empty .*npm cache clean --force$/);
    expect(header).toBe('diff --git a/Dockerfile b/Dockerfile');
    expect(out).toMatch(/^@@ -1,5 \+1,5 @@ copy-instead-of-add safe DL3020 DS-0005$/m);
    expect(out).toMatch(/^@@ -10,6 \+10,6 @@ remove-package-caches safe DL3009, remove-package-caches safe$/m);
    const applied = spawnSync('git', ['apply', '-'], { cwd: folder, input: out, encoding: 'utf8' });
    expect([applied.status, applied.stderr]).toEqual([0, '']);
    expect(read(folder, 'Dockerfile')).toContain('COPY a.txt /srv/');
    expect(read(folder, 'Dockerfile')).toContain('RUN npm install -g serve && npm cache clean --force');
  });

  it('is taken by git whatever a file is called', () => {
    for (const name of ['--- a.Dockerfile', '@@ -1 +1 @@.Dockerfile', 'diff --git.Dockerfile', 'a\nb.Dockerfile']) {
      const folder = folderWith({ [name]: FILES.Dockerfile, 'a.txt': '' });
      const { out } = dockmod(folder, ['fix', '--dry-run', ...ONLY]);
      const applied = spawnSync('git', ['apply', '-'], { cwd: folder, input: out, encoding: 'utf8' });
      if (!name.includes('\n')) expect([name, applied.stderr]).toEqual([name, '']);
      expect(out).not.toMatch(/^(?:--- a\.Dockerfile|@@ -1 \+1 @@\.|diff --git\.)/m);
    }
  });

  it('says it of an ignore file above that file', () => {
    const folder = folderWith({
      Dockerfile: 'FROM node:22.1.0\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "a.js"]\n',
      'package.json': '{}',
      'package-lock.json': '{ "lockfileVersion": 3 }',
      'a.js': '',
    });
    const { out } = dockmod(folder, ['fix', '--dry-run', '--only', 'write-dockerignore']);
    expect(out).toMatch(/^Dockerfile:3 write-dockerignore guarded [^\n]*\ndiff --git a\/\.dockerignore /);
  });

  it('says why above each hunk for people, and marks the words that differ', () => {
    const { out } = dockmod(folderWith(FILES), ['fix', '--dry-run', ...ONLY], '', { FORCE_COLOR: '1' });
    expect(plain(out)).toMatch(/^@@ -1,5 \+1,5 @@$/m);
    expect(plain(out)).toMatch(/\n \nDockerfile:13 [^\n]*\nDockerfile:14 [^\n]*\n@@ -10,6 \+10,6 @@\n/);
    expect(out).toContain('\u001b[7m && npm cache clean --force\u001b[27m');
  });

  it('prints the diff alone when it is to be quiet', () => {
    const { out, err } = dockmod(folderWith(FILES), ['fix', '--dry-run', '--quiet', ...ONLY]);
    expect(out).toMatch(/^diff --git .*\n--- .*\n\+\+\+ .*\n@@ -1,5 \+1,5 @@\n/);
    expect(err).toBe('');
  });
});

describe('lines', () => {
  it.each([40, 80, 120])('end before column %d, and go on below their text', (width) => {
    const folder = folderWith(FILES);
    const env = { COLUMNS: String(width) };
    for (const args of [['explain', 'Dockerfile'], ['explain', 'merge-run'], ['list'], ['check']]) {
      const { out } = dockmod(folder, args, '', env);
      const words = out.split('\n').filter((line) => /^(?![-+@ ]|diff|Build).*\s/.test(line));
      expect(words.filter((line) => line.length > width)).toEqual([]);
    }
    const { out } = dockmod(folder, ['check', ...ONLY], '', env);
    expect(out.replace(/\s+/g, ' ')).toContain(
      '13 remove-package-caches Empty package caches in the layer that fills them: rm',
    );
  });

  it('are as long as their text in a pipe', () => {
    const { out } = dockmod(folderWith(FILES), ['check', ...ONLY], '', { COLUMNS: undefined });
    expect(out).toMatch(/^ {2}13 {2}remove-package-caches {2}Empty .*\(safe, DL3009\)$/m);
  });
});

describe('output that nobody can write', () => {
  it.skipIf(!existsSync('/dev/full'))('ends with 2, a sentence, and no line of the program', () => {
    const folder = folderWith(FILES);
    const commands = [
      'fix --dry-run',
      'fix --dry-run --format json',
      'check',
      'list',
      'explain merge-run',
      '--help',
      'explain Dockerfile',
    ];
    for (const command of commands) {
      const { status, stderr } = spawnSync('sh', ['-c', `"$0" "$1" ${command} > /dev/full`, process.execPath, CLI], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect([command, status]).toEqual([command, 2]);
      expect(stderr).toContain("error standard output can't be written: ENOSPC");
      expect(stderr).not.toMatch(/\n\s+at |function|=>/);
    }
    const { status } = spawnSync('sh', ['-c', '"$0" "$1" fix --dry-run 2> /dev/full', process.execPath, CLI], {
      cwd: folder,
    });
    expect(status).toBe(2);
    expect(read(folder, 'Dockerfile')).toBe(FILES.Dockerfile);
  });
});

describe('a crash', () => {
  it('is told with the places in the sources', () => {
    const folder = folderWith({
      ...FILES,
      'p.mjs': `export default { name: 'late', group: 'a', summary: '', level: 'safe', covers: [], mayChange: [], docs: '',
        find() { setTimeout(() => { throw new Error('too late'); }); return []; } };\n`,
    });
    const { code, err } = dockmod(folder, ['check', '--transform', 'p.mjs', '--only', 'late']);
    expect(code).toBe(2);
    expect(err).toMatch(/^error Error: too late\n\s+at .*p\.mjs:2:/m);
    expect(err.split('\n').filter((line) => line.length > 200)).toEqual([]);
  });

  it('of dockmod itself names a file of the sources', () => {
    const folder = folderWith({
      ...FILES,
      'p.mjs': `export default { name: 'mute', group: 'a', summary: '', level: 'safe', covers: [], mayChange: [], docs: '',
        find() { process.stdout.write = () => { throw new Error('broken'); }; return []; } };\n`,
    });
    const { err } = dockmod(folder, ['check', '--transform', 'p.mjs']);
    expect(err).toMatch(/src\/[\w/-]+\.ts:\d+:\d+/);
    expect(err).not.toMatch(/chunk-|dist\/cli/);
  });
});

describe('what is without effect', () => {
  it('is said of options of a transform that the level leaves out', () => {
    const config = 'level: safe\ntransforms: { pin-base-image: { granularity: minor }, merge-run: { scope: all } }\n';
    const folder = folderWith({ ...FILES, 'dockmod.config.yaml': config });
    const note =
      'note dockmod.config.yaml: transforms: pin-base-image: without effect: it is guarded, and level safe leaves it out\n';
    expect(dockmod(folder, ['check']).err).toBe(note);
    expect(dockmod(folder, ['check', '-'], FILES.Dockerfile).err).toContain(note);
    expect(dockmod(folder, ['check', '--quiet']).err).toBe('');
    const reached = folderWith({
      ...FILES,
      'dockmod.config.yaml': `${config}overrides: [{ files: [a], level: guarded }]\n`,
    });
    expect(dockmod(reached, ['check']).err).toBe('');
  });

  it('is refused: names without a name', () => {
    for (const option of ['--only', '--skip'])
      for (const value of ['', ' , '])
        expect(dockmod('.', ['check', option, value])).toMatchObject({
          code: 2,
          err: expect.stringContaining('Expected names') as string,
        });
  });
});

describe('explain', () => {
  it('says what the level leaves out', () => {
    const folder = folderWith({ Dockerfile: 'FROM node\nCOPY . .\nCMD ["node", "a.js"]\n', 'a.js': '' });
    expect(dockmod(folder, ['explain', '--safe', 'Dockerfile']).out).toMatch(
      /^Left out by level safe\n {2}1 {2}pin-base-image .*guarded/m,
    );
    expect(dockmod(folder, ['explain', 'Dockerfile']).out).not.toContain('Left out by level guarded\n  1');
  });
});
