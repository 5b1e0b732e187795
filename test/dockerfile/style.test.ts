import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../src/dockerfile/parse.js';
import { continuationStyle, keywordLike } from '../../src/dockerfile/style.js';

describe('style', () => {
  it('is what most continued lines of the file do', () => {
    const start = parseDockerfile('FROM a\nRUN a \\\n  && b \\\n  && c\n');
    expect(continuationStyle(start)).toEqual({ operator: 'start', indent: '  ' });
    const end = parseDockerfile('FROM a\nRUN a && \\\n\tb && \\\n\tc\n');
    expect(continuationStyle(end)).toEqual({ operator: 'end', indent: '\t' });
    expect(continuationStyle(parseDockerfile('FROM a\n'))).toEqual({ operator: 'end', indent: '    ' });
  });

  it('follows the casing of keywords', () => {
    expect(keywordLike(parseDockerfile('from a\nrun b\nCMD c\n'), 'USER')).toBe('user');
    expect(keywordLike(parseDockerfile('FROM a\nRUN b\n'), 'USER')).toBe('USER');
  });
});
