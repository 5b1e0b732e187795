import { spawnSync } from 'node:child_process';
import { chmodSync, linkSync, lstatSync, readdirSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSource } from '../../src/files/disk/read.js';
import { writeAtomic } from '../../src/files/disk/write.js';
import { folderWith, read } from '../cli/program.js';

/** With the rights of the account nobody. */
function asNobody(work: () => void): void {
  process.setegid?.(65_534);
  process.seteuid?.(65_534);
  try {
    work();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}

describe('writeAtomic', () => {
  it('replaces the whole file and keeps its mode', () => {
    const folder = folderWith({ f: 'a\n' });
    chmodSync(join(folder, 'f'), 0o640);
    writeAtomic(join(folder, 'f'), 'a\n', 'b\n');
    expect(read(folder, 'f')).toBe('b\n');
    expect(statSync(join(folder, 'f')).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(['f']);
  });

  it('keeps a symbolic link and writes its target', () => {
    const folder = folderWith({ f: 'a' });
    symlinkSync('f', join(folder, 'link'));
    writeAtomic(join(folder, 'link'), 'a', 'b');
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
    expect(read(folder, 'f')).toBe('b');
  });

  it('refuses a file that changed since it was read, vanished, or came to be', () => {
    const folder = folderWith({ f: 'c' });
    const path = join(folder, 'f');
    expect(() => writeAtomic(path, 'a', 'b')).toThrow('not written: the file changed after dockmod read it');
    expect(() => writeAtomic(path, undefined, 'b')).toThrow('not written: the file changed after dockmod read it');
    expect(read(folder, 'f')).toBe('c');
    unlinkSync(path);
    expect(() => writeAtomic(path, 'c', 'b')).toThrow('not written: the file does not exist');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps hard links', () => {
    const folder = folderWith({ f: 'longer\n' });
    linkSync(join(folder, 'f'), join(folder, 'g'));
    writeAtomic(join(folder, 'f'), 'longer\n', 'b\n');
    expect([read(folder, 'f'), read(folder, 'g')]).toEqual(['b\n', 'b\n']);
    expect(readdirSync(folder)).toEqual(['f', 'g']);
  });

  it.skipIf(process.getuid?.() !== 0)('writes a file that is mounted by itself', ({ skip }) => {
    const folder = folderWith({ f: 'a\n', 'there/f': '' });
    const [from, path] = [join(folder, 'f'), join(folder, 'there/f')];
    if (spawnSync('mount', ['--bind', from, path]).status !== 0) skip('mounting is not allowed here');
    try {
      writeAtomic(path, 'a\n', 'b\n');
      expect([read(folder, 'f'), read(folder, 'there/f')]).toEqual(['b\n', 'b\n']);
      expect(readdirSync(join(folder, 'there'))).toEqual(['f']);
    } finally {
      spawnSync('umount', [path]);
    }
  });

  it.skipIf(process.getuid?.() !== 0)(
    'writes where another account may write the file alone, and its owner stays',
    () => {
      const folder = folderWith({ 'a/f': 'a\n', 'b/f': 'a\n' });
      for (const name of ['a', 'b']) chmodSync(join(folder, name, 'f'), 0o666);
      chmodSync(folder, 0o755);
      chmodSync(dirname(folder), (statSync(dirname(folder)).mode & 0o7777) | 0o111);
      chmodSync(join(folder, 'a'), 0o755);
      chmodSync(join(folder, 'b'), 0o777);
      asNobody(() => {
        writeAtomic(join(folder, 'a/f'), 'a\n', 'b\n');
        writeAtomic(join(folder, 'b/f'), 'a\n', 'b\n');
      });
      expect([read(folder, 'a/f'), read(folder, 'b/f')]).toEqual(['b\n', 'b\n']);
      expect(['a/f', 'b/f'].map((path) => statSync(join(folder, path)).uid)).toEqual([0, 0]);
      chmodSync(join(folder, 'a/f'), 0o444);
      asNobody(() => {
        expect(() => writeAtomic(join(folder, 'a/f'), 'b\n', 'c\n')).toThrow('not written: permission denied');
      });
    },
  );

  it('does not touch what need not change', () => {
    const folder = folderWith({ f: 'a' });
    const before = statSync(join(folder, 'f')).ino;
    writeAtomic(join(folder, 'f'), 'a', 'a');
    expect(statSync(join(folder, 'f')).ino).toBe(before);
  });
});

describe('readSource', () => {
  it('gives text that encodes to the same bytes', () => {
    const folder = folderWith({});
    for (const text of ['', '\uFEFFFROM a\r\n', 'é\u{1F433}\0\r']) {
      writeFileSync(join(folder, 'f'), text);
      expect(readSource(join(folder, 'f'))).toBe(text);
    }
  });

  it('names the first line that is not UTF-8', () => {
    const folder = folderWith({ f: Buffer.from('a\nb\n\xc3\x28\n', 'latin1') });
    expect(() => readSource(join(folder, 'f'))).toThrow(expect.objectContaining({ line: 3, kind: 'read' }));
    expect(() => readSource(folder)).toThrow('it is a folder');
    expect(() => readSource(join(folder, 'gone'))).toThrow('the file does not exist');
  });
});
