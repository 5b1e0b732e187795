import { describe, expect, it } from 'vitest';
import { isHeading } from '../../src/dockerfile/headings.js';

describe('a comment that divides the file', () => {
  it.each([
    '#',
    '########',
    '# ----',
    '# --- tools ---',
    '# == tools',
    '# tools ##',
    '#region tools',
    '# endregion',
    '# [START tools]',
    '# tag::tools[]',
    '# <editor-fold desc="tools">',
    '# 1. tools',
    '# Step 2: tools',
    '# Stage 3',
  ])('is %j', (comment) => {
    expect(isHeading(comment)).toBe(true);
  });

  it.each([
    '# tools',
    '## tools',
    '#tools',
    '# -y is needed',
    '# --no-cache keeps it small',
    '# 2 of them',
    '# the [START] of it',
    '# regional tools',
    '#- tools',
  ])('is not %j', (comment) => {
    expect(isHeading(comment)).toBe(false);
  });

  it('is found in a long line at once', () => {
    const began = performance.now();
    isHeading(`# ${'-# '.repeat(100_000)}x`);
    expect(performance.now() - began).toBeLessThan(100);
  });
});
