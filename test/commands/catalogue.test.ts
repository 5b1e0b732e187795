import { describe, expect, it } from 'vitest';
import { catalogue, isIn, rowOf } from '../../src/commands/catalogue/index.js';

describe('the catalogue', () => {
  it('has every name once', () => {
    const names = catalogue.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it.each([
    ['pip3.11', 'pip'],
    ['python3', 'python'],
    ['gcc-12', 'gcc'],
    ['php8.2', 'php'],
    ['nodejs', 'node'],
    ['apache2', 'apache2'],
  ])('knows %s as %s', (name, row) => {
    expect(rowOf(name)?.name).toBe(row);
  });

  it.each(['node18', 'pip3x', 'pip-3.3', 'gcc12', 'bash5', 'constructor', '', '3'])('does not know %s', (name) => {
    expect(rowOf(name)).toBeUndefined();
  });

  it('answers by group', () => {
    expect(isIn(rowOf('mkdir'), 'accounts', 'files')).toBe(true);
    expect(isIn(rowOf('mkdir'), 'accounts')).toBe(false);
    expect(isIn(undefined, 'files')).toBe(false);
  });
});
