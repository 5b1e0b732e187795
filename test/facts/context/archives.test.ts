import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { archiveKindByName, isArchive } from '../../../src/facts/context/archives.js';

it.each([
  ['a.tar', 'archive'],
  ['A.TGZ', 'archive'],
  ['a.tar.gz.part', 'archive'],
  ['*.tar.xz', 'archive'],
  ['x.gem', 'archive'],
  ['app.jar', 'plain'],
  ['app.zip', 'plain'],
  ['Makefile', 'plain'],
  ['xtrabackup', 'plain'],
  ['.env', 'plain'],
  ['*.txt', 'plain'],
  ['app-\0.jar', 'plain'],
  ['package*.json', 'plain'],
  ['.env*', 'plain'],
  ['Dockerfile.*', 'plain'],
  ['app*', 'unsure'],
  ['\0', 'unsure'],
  ['x.img', 'unsure'],
  ['alpine-rootfs', 'unsure'],
])('tells by the name %j: %s', (name, kind) => {
  expect(archiveKindByName(name)).toBe(kind);
});

it('tells by the content', () => {
  expect(isArchive(gzipSync('x'))).toBe(true);
  expect(isArchive(Buffer.from('BZh91AY'))).toBe(true);
  expect(isArchive(Uint8Array.of(0x5f, 0x2a, 0x4d, 0x18))).toBe(true);
  expect(isArchive(Uint8Array.of())).toBe(false);
  expect(isArchive(Buffer.from('PK\x03\x04'))).toBe(false);
  expect(isArchive(new Uint8Array(512))).toBe(false);
  expect(isArchive(Buffer.from('#!/bin/sh\n'.repeat(100)))).toBe(false);
});
