import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { draftIn } from '../../src/files/disk/drafts.js';
import { git } from '../support/repositories.js';
import { AFTER, BEFORE, CLI, dockmod, folderWith, ONLY, read } from './program.js';

const HOUR_AGO = Date.now() / 1000 - 3600;
const isTemporary = (path: string): boolean => path.endsWith('.tmp');

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' });
}

/** What a run that was killed leaves in a folder. */
function leaveDraft(folder: string, seconds?: number): string {
  const path = draftIn(folder);
  writeFileSync(path, 'FROM half');
  if (seconds !== undefined) utimesSync(path, seconds, seconds);
  return path;
}

async function killAfter(folder: string, milliseconds: number): Promise<void> {
  const child = spawn(process.execPath, [CLI, 'fix', '--jobs', '1', ...ONLY], { cwd: folder, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, milliseconds))]);
  child.kill('SIGKILL');
  await ended;
}

describe('a run that is killed', () => {
  it('leaves each file as it was or as it becomes, and nothing that git would show', { timeout: 120_000 }, async () => {
    const big = `# ${'x'.repeat(100)}\n`.repeat(20_000);
    const paths = Array.from({ length: 60 }, (_, i) => `d${i % 5}/${i}.Dockerfile`);
    const folder = folderWith(Object.fromEntries(paths.map((path) => [path, BEFORE + big])));
    git(folder, 'init', '--quiet');
    git(folder, 'add', '.');
    for (let kill = 0; kill < 12; kill++) await killAfter(folder, 150 + kill * 40);
    for (const path of paths) expect([BEFORE + big, AFTER + big]).toContain(read(folder, path));
    expect(
      git(folder, 'status', '--porcelain')
        .split('\n')
        .filter((line) => line.includes('?')),
    ).toEqual([]);
    for (const path of filesBelow(folder).filter(isTemporary)) utimesSync(join(folder, path), HOUR_AGO, HOUR_AGO);
    expect(dockmod(folder, ['fix', ...ONLY]).code).toBe(0);
    expect(filesBelow(folder).filter(isTemporary)).toEqual([]);
    for (const path of paths) expect(read(folder, path)).toBe(AFTER + big);
  });

  it.each([
    ['a folder', ['fix'], ['.', 'api']],
    ['a folder without a repository', ['fix'], ['.', 'api']],
    ['a named file', ['fix', 'api/Dockerfile'], ['api']],
  ])('is cleaned up after by the next one, which writes, over %s', (name, args, folders) => {
    const folder = folderWith({ Dockerfile: AFTER, 'api/Dockerfile': AFTER, '.Dockerfile.mine.tmp': 'kept' });
    const repository = !name.includes('without');
    if (repository) git(folder, 'init', '--quiet');
    const places = [...folders, ...(repository ? ['.git'] : [])].map((one) => join(folder, one));
    const old = places.map((place) => leaveDraft(place, HOUR_AGO));
    const young = places.map((place) => leaveDraft(place));
    dockmod(folder, ['check', ...args.slice(1), ...ONLY]);
    expect(old.every((path) => existsSync(path))).toBe(true);
    expect(dockmod(folder, [...args, ...ONLY])).toMatchObject({ code: 0, err: '' });
    expect(old.filter((path) => existsSync(path))).toEqual([]);
    expect(young.every((path) => existsSync(path))).toBe(true);
    expect(read(folder, '.Dockerfile.mine.tmp')).toBe('kept');
  });
});

const SERVICE = {
  Dockerfile: 'FROM node:20-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "x.js"]\n',
  'package.json': '{}',
  'package-lock.json': '{}',
  'x.js': '',
};
const IGNORE = ['--only', 'write-dockerignore'];

describe('a disk without space', () => {
  /** Every write of more than nothing fails, as on a full disk. */
  const fixWithoutSpace = (folder: string, args: readonly string[]) =>
    spawnSync('bash', ['-c', 'ulimit -f 0; exec "$@"', 'bash', process.execPath, CLI, 'fix', ...args], {
      cwd: folder,
      encoding: 'utf8',
    });

  it.each([[true], [false]])('leaves no empty .dockerignore; in a repository: %s', (repository) => {
    const folder = folderWith(SERVICE);
    if (repository) git(folder, 'init', '--quiet');
    const before = filesBelow(folder).sort();
    const { status, stderr } = fixWithoutSpace(folder, IGNORE);
    expect(stderr).toContain('.dockerignore: not written: ');
    expect([status, filesBelow(folder).sort()]).toEqual([2, before]);
    expect(dockmod(folder, ['fix', ...IGNORE]).code).toBe(0);
    expect(read(folder, '.dockerignore')).toContain('node_modules');
  });

  it('leaves an ignore file that is extended, and a Dockerfile, as they were', () => {
    const folder = folderWith({ ...SERVICE, '.dockerignore': '*.log\n', 'api/Dockerfile': BEFORE });
    const before = filesBelow(folder).sort();
    expect(fixWithoutSpace(folder, ['--only', 'write-dockerignore,copy-instead-of-add']).status).toBe(2);
    expect([read(folder, '.dockerignore'), read(folder, 'api/Dockerfile')]).toEqual(['*.log\n', BEFORE]);
    expect(filesBelow(folder).sort()).toEqual(before);
  });
});

describe('an ignore file that is new', () => {
  it('has the mode of a new file, and replaces none that came to be', () => {
    const folder = folderWith(SERVICE);
    git(folder, 'init', '--quiet');
    writeFileSync(join(folder, 'beside'), '');
    dockmod(folder, ['fix', ...IGNORE]);
    const modeOf = (name: string): string => execFileSync('stat', ['-c', '%a %h', name], { cwd: folder }).toString();
    expect(modeOf('.dockerignore')).toBe(modeOf('beside'));
  });
});

/** Node.js has no call for them. */
const python = (code: string, ...args: string[]) =>
  spawnSync('python3', ['-c', `import os, sys\n${code}`, ...args], { encoding: 'utf8' });
const probe = join(mkdtempSync(join(tmpdir(), 'dockmod-test-')), 'probe');
writeFileSync(probe, '');
const hasAttributes =
  python('os.setxattr(sys.argv[1], "user.note", b"x")', probe).status === 0 &&
  spawnSync('tar', ['--version'], { encoding: 'utf8' }).stdout.includes('GNU tar');

describe.runIf(hasAttributes)('extended attributes', () => {
  const list = (path: string): string =>
    python('print(sorted((k, os.getxattr(sys.argv[1], k)) for k in os.listxattr(sys.argv[1])))', path).stdout;
  const mark = (path: string, value: string): void => {
    expect(python('os.setxattr(sys.argv[1], "user.note", sys.argv[2].encode())', path, value).status).toBe(0);
  };
  const ACL = `
import struct
entry = lambda tag, perm, who=0xffffffff: struct.pack('<HHI', tag, perm, who)
os.setxattr(sys.argv[1], 'system.posix_acl_access', struct.pack('<I', 2) + entry(1, 6) + entry(2, 4, 1000) + entry(4, 4) + entry(16, 4) + entry(32, 4))`;

  it.each([[true], [false]])(
    'and access lists stay, also those of a link and of an ignore file; in a repository: %s',
    (repository) => {
      const ignored = { ...SERVICE, '.dockerignore': '*.log\n' };
      const folder = folderWith({
        ...ignored,
        'my app/Dockerfile': BEFORE,
        'z/app.docker': BEFORE,
        'plain/Dockerfile': BEFORE,
      });
      if (repository) git(folder, 'init', '--quiet');
      execFileSync('ln', ['-s', 'app.docker', join(folder, 'z/Dockerfile')]);
      const marked = ['my app/Dockerfile', 'z/app.docker', '.dockerignore'].map((path) => join(folder, path));
      for (const path of marked) mark(path, `of ${path}`);
      const listed = join(folder, 'plain/Dockerfile');
      if (python(ACL, listed).status === 0) marked.push(listed);
      const before = marked.map(list);
      expect(dockmod(folder, ['fix', '--only', 'copy-instead-of-add,write-dockerignore'])).toMatchObject({
        code: 0,
        err: '',
      });
      expect(marked.map(list)).toEqual(before);
      for (const path of ['my app/Dockerfile', 'z/Dockerfile', 'plain/Dockerfile'])
        expect(read(folder, path)).toBe(AFTER);
      expect(readFileSync(join(folder, '.dockerignore'), 'utf8')).toMatch(/^\*\.log\n.*node_modules/s);
    },
  );

  it('that can not be kept stop the write, and are said', () => {
    const folder = folderWith({
      Dockerfile: BEFORE,
      'bin/cp': '#!/bin/sh\necho "cp: setting attributes: not supported" >&2\nexit 1\n',
    });
    mark(join(folder, 'Dockerfile'), 'x');
    execFileSync('chmod', ['+x', join(folder, 'bin/cp')]);
    const path = `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`;
    const { code, err } = dockmod(folder, ['fix', 'Dockerfile', ...ONLY], '', { PATH: path });
    expect([code, err]).toEqual([
      2,
      "error Dockerfile: not written: its extended attributes can't be kept: cp: setting attributes: not supported\n",
    ]);
    expect([read(folder, 'Dockerfile'), readdirSync(folder).sort()]).toEqual([BEFORE, ['Dockerfile', 'bin']]);
  });
});
