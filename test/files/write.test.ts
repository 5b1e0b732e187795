import { chmodSync, lstatSync, readdirSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSource } from '../../src/files/disk/read.js';
import { writeAtomic } from '../../src/files/disk/write.js';
import { folderWith, read } from '../cli/program.js';

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
