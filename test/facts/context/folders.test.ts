import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Folders } from '../../../src/facts/context/folders.js';

const base = mkdtempSync(join(tmpdir(), 'dockmod-folders-'));

beforeAll(() => {
  mkdirSync(join(base, 'folder'));
  writeFileSync(join(base, 'file'), '');
  symlinkSync('folder', join(base, 'link'));
});

afterAll(() => {
  rmSync(base, { recursive: true });
});

it('says what lies in a directory, and reads it once', () => {
  const folders = new Folders();
  expect([...(folders.read(base) ?? [])].sort()).toEqual([
    ['file', 'file'],
    ['folder', 'directory'],
    ['link', 'link'],
  ]);
  writeFileSync(join(base, 'later'), '');
  expect(folders.read(base)?.has('later')).toBe(false);
  expect(new Folders().read(base)?.has('later')).toBe(true);
});

it('knows nothing of what is no directory', () => {
  expect(new Folders().read(join(base, 'file'))).toBe(undefined);
  expect(new Folders().read(join(base, 'none'))).toBe(undefined);
});
