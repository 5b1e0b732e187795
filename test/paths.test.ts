import { describe, expect, it } from 'vitest';
import {
  baseName,
  cleanPath,
  contextPath,
  imagePath,
  isAbsolutePath,
  isUnknown,
  isWithin,
  joinPath,
  mayOverlap,
  parentPath,
  pathBelow,
  relativePath,
  rooted,
  sourcePath,
  startAlike,
  UNKNOWN_DIRECTORY,
} from '../src/paths.js';

describe('paths as people write them', () => {
  it.each([
    ['a//b/./c/', 'a/b/c'],
    ['', '.'],
    ['.', '.'],
    ['/', '/'],
    ['a/..', '.'],
    ['../a', '../a'],
    ['a/../../b', '../b'],
    ['/../a', '/a'],
    ['//a', '/a'],
  ])('cleans %j', (path, clean) => expect(cleanPath(path)).toBe(clean));

  it.each<[string[], string | undefined]>([
    [['a/b'], 'a/b'],
    [['./a//b/'], 'a/b'],
    [['.'], ''],
    [[''], ''],
    [['/a'], 'a'],
    [['api', '../web', 'package.json'], 'web/package.json'],
    [['', 'a'], 'a'],
    [['api', '..'], ''],
    [['..'], undefined],
    [['/..'], undefined],
    [['api', '../../x'], undefined],
    [['', '../x'], undefined],
    [['a/../../a'], undefined],
    [['..a/b'], '..a/b'],
  ])('puts %j together in the context', (parts, path) => expect(contextPath(...parts)).toBe(path));

  it.each([
    ['.', ''],
    ['./', ''],
    ['/', ''],
    ['/src', 'src'],
    ['./src/', 'src'],
    ['../src', 'src'],
    ['a/../../src', 'src'],
    ['a*/b', 'a*/b'],
  ])('reads the source %j as the builder does', (source, path) => expect(sourcePath(source)).toBe(path));

  it.each<[string | undefined, string, string]>([
    ['/app', 'x', '/app/x'],
    ['/app', './x//y/../z/', '/app/x/z'],
    ['/app', '.', '/app'],
    ['/app', '', '/app'],
    ['/app', '/etc', '/etc'],
    ['/app', '/etc//x/..', '/etc'],
    ['/', 'x', '/x'],
    ['/', '..', '/'],
    ['/app', '../../..', '/'],
    ['/app/', 'x', '/app/x'],
    ['/app', 'C:\\data', 'C:\\data'],
    ['/app', 'c:/data', 'c:/data'],
    ['/app', 'a:b', '/app/a:b'],
    ['C:\\app', 'src', 'C:\\app\\src'],
    ['C:\\', 'src', 'C:\\src'],
    ['C:\\app', '/src', '/src'],
    [undefined, '/etc/', '/etc'],
    [undefined, '.', UNKNOWN_DIRECTORY],
    [undefined, 'x', `${UNKNOWN_DIRECTORY}/x`],
    [undefined, 'x/../y', `${UNKNOWN_DIRECTORY}/y`],
  ])('from %j sees %j in an image', (directory, path, found) => expect(imagePath(directory, path)).toBe(found));

  it('knows nothing of what lies above an unknown directory', () => {
    const above = imagePath(undefined, '../x');
    expect(above).not.toBe('/x');
    expect(above).not.toBe(imagePath(undefined, '../../x'));
    expect(isWithin(UNKNOWN_DIRECTORY, above)).toBe(false);
    expect(imagePath(imagePath(undefined, '..'), 'x')).toBe(above);
    expect([above, UNKNOWN_DIRECTORY, imagePath(undefined, 'x'), '/', '/x'].map(isUnknown)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it.each([
    ['/app', true],
    ['C:\\app', true],
    ['c:/', true],
    ['D:', true],
    ['app', false],
    ['', false],
    ['a:b', false],
  ])('says whether %j counts from a directory', (path, absolute) => expect(isAbsolutePath(path)).toBe(absolute));
});

describe('clean paths', () => {
  it.each([
    ['', 'a', 'a'],
    ['a', 'b/c', 'a/b/c'],
    ['a', '', 'a'],
    ['', '', ''],
    ['/', 'a', '/a'],
    ['/', '', '/'],
    ['/a', 'b', '/a/b'],
  ])('joins %j and %j', (directory, name, path) => expect(joinPath(directory, name)).toBe(path));

  it.each([
    ['a/b/c', 'a/b', 'c'],
    ['a', '', 'a'],
    ['', '', ''],
    ['/a/b', '/a', 'b'],
    ['/a', '/', 'a'],
    ['/', '/', ''],
  ])('takes %j apart', (path, parent, base) => {
    expect(parentPath(path)).toBe(parent);
    expect(baseName(path)).toBe(base);
  });

  it.each<[string, string, string | undefined]>([
    ['', '', ''],
    ['', 'a/b', 'a/b'],
    ['a', 'a', ''],
    ['a', 'a/b', 'b'],
    ['a', 'ab', undefined],
    ['a/b', 'a', undefined],
    ['/', '/', ''],
    ['/', '/a/b', 'a/b'],
    ['/a', '/a/b/c', 'b/c'],
    ['/a', '/ab', undefined],
  ])('below %j finds %j', (directory, path, below) => {
    expect(pathBelow(directory, path)).toBe(below);
    expect(isWithin(directory, path)).toBe(below !== undefined);
  });

  it.each([
    ['', 'a/b', './a/b'],
    ['a', 'a/b', './b'],
    ['a', 'a', '.'],
    ['a/b', 'a/c/d', './../c/d'],
    ['a', '', './..'],
    ['/a/b', '/c', './../../c'],
  ])('goes from %j to %j', (folder, path, way) => {
    expect(relativePath(folder, path)).toBe(way);
    expect(imagePath(`/${folder}`, way)).toBe(imagePath('/', path));
  });

  it.each<[string, string, boolean]>([
    ['/a', '/a', true],
    ['/a', '/a/b', true],
    ['/a/b', '/a', true],
    ['/', '/a', true],
    ['/a', '/ab', false],
    ['/a', '/b', false],
    [imagePath(undefined, 'a'), imagePath(undefined, 'b'), false],
    [imagePath(undefined, 'a'), imagePath(undefined, 'a/b'), true],
    [imagePath(undefined, 'a'), '/a', true],
    [imagePath(undefined, 'a'), imagePath(undefined, '../b'), true],
    [imagePath(undefined, '../a'), imagePath(undefined, '../b'), false],
  ])('says whether %j and %j may overlap', (a, b, overlap) => {
    expect(mayOverlap(a, b)).toBe(overlap);
    expect(mayOverlap(b, a)).toBe(overlap);
  });

  it.each([
    ['/a', '/a'],
    [imagePath(undefined, ''), '/srv/app'],
    [imagePath(undefined, 'a/b'), '/srv/app/a/b'],
    [imagePath(undefined, '../a'), '/srv/a'],
    [imagePath(undefined, '../../a'), '/a'],
  ])('counts %j from a directory that turned out', (path, found) => expect(rooted(path, '/srv/app')).toBe(found));

  it('says whether two paths count from the same directory', () => {
    expect(startAlike('/a', '/b')).toBe(true);
    expect(startAlike(imagePath(undefined, 'a'), imagePath(undefined, 'b'))).toBe(true);
    expect(startAlike(imagePath(undefined, 'a'), '/a')).toBe(false);
    expect(startAlike(imagePath(undefined, 'a'), imagePath(undefined, '../a'))).toBe(false);
  });
});
