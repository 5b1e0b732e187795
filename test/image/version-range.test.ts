import { describe, expect, it } from 'vitest';
import { allowsVersion } from '../../src/image/obstacles/version-range.js';

describe('the range', () => {
  it.each([
    ['>=14', '26.7.0', true],
    ['>=14 <17', '26.7.0', false],
    ['14 - 16', '26.7.0', false],
    ['16.x', '26.7.0', false],
    ['26', '26.7.0', true],
    ['^24.0.0 || >=26', '26.7.0', true],
    ['^24.0.0 || ^22', '26.7.0', false],
    ['*', '26.7.0', true],
    ['lts/*', '26.7.0', true],
    ['< 27', '26.7.0', true],
    ['^7.2|^8.0', '8.5.9', true],
    ['~7.2', '8.5.9', false],
    ['2.5.1', '4.0.6', false],
    ['~> 4.0', '4.0.6', true],
    ['>= 2.7, < 3.4', '4.0.6', false],
    ['>=3.9,<3.13', '3.14.7', false],
    ['^3.9', '3.14.7', true],
    ['~=3.14', '3.14.7', true],
  ])('%s allows %s: %s', (range, version, expected) => expect(allowsVersion(range, version)).toBe(expected));
});
