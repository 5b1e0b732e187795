import { describe, expect, it } from 'vitest';
import { applyEdits, insert, replace } from '../../src/dockerfile/edit.js';

describe('applyEdits', () => {
  it('applies edits in any order and keeps the order of insertions at one place', () => {
    expect(applyEdits('abc', [replace({ start: 2, end: 3 }, 'C'), insert(0, '1'), insert(0, '2')])).toBe('12abC');
  });

  it('refuses edits that overlap or lie outside', () => {
    const overlapping = [replace({ start: 0, end: 2 }, ''), replace({ start: 1, end: 3 }, '')];
    expect(() => applyEdits('abc', overlapping)).toThrow(RangeError);
    expect(() => applyEdits('abc', [insert(4, 'x')])).toThrow(RangeError);
  });
});
