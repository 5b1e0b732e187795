import { describe, expect, it } from 'vitest';
import { progressLine, statusLine } from '../../src/cli/bulk/output.js';
import type { RepositoryStatus } from '../../src/bulk/journal/types.js';
import { statusesOf } from '../../src/bulk/journal/repository-status.js';

describe('the progress line', () => {
  const state = { done: 12, total: 800, rate: '4.2', running: ['github.com/acme/shop', 'github.com/acme/blog'] };

  it('says how many are done, how fast, and what is running', () => {
    expect(progressLine(state, 120)).toBe('12/800 repositories, 4.2/s: shop, blog');
  });

  it.each([1, 20, 30, 80])('stays one line of a terminal of %i columns', (columns) => {
    const line = progressLine({ ...state, running: Array(40).fill('x/a-long-name') }, columns);
    expect(line.length).toBeLessThan(Math.max(20, columns));
  });

  it('shows control characters of a name, never sends them', () => {
    expect(progressLine({ ...state, running: ['x/\u001b[31mred\n'] }, 120)).not.toMatch(/[\u0000-\u001f]/);
  });
});

describe('the line of a repository', () => {
  const at = '2026-01-01T00:00:00Z';
  const planned = { at, repository: 'r', event: 'planned', head: 'c', files: 1, fixes: { a: 1, b: 1 } } as const;
  type Records = Parameters<typeof statusesOf>[0] extends Iterable<infer R> ? R[] : never;
  const statusOf = (...records: Records): RepositoryStatus => {
    const status = statusesOf(records).get('r');
    if (status === undefined) throw new Error('no record is of the repository');
    return status;
  };
  const line = (...records: Records): string => statusLine(statusOf(...records), undefined);

  it('says what matters in its state', () => {
    expect(line(planned)).toBe('planned r: 2 fixes in 1 file');
    const notes = {
      problems: [],
      warnings: [{ path: 'a', line: 1, message: 'm' }],
      skipped: [1, 2].map((n) => ({ path: `Dockerfile.${n}`, reason: 'its name is that of a template' })),
    };
    expect(statusLine(statusOf(planned), notes)).toBe('planned r: 2 fixes in 1 file; 1 warning; 2 files skipped');
    expect(line(planned, { at, repository: 'r', event: 'failed', reason: 'no room' })).toBe('failed r: no room');
    const opened = { number: 1, url: 'https://x/1', state: 'open', checks: 'none', wave: undefined } as const;
    expect(line(planned, { at, repository: 'r', event: 'pull-request', ...opened })).toBe('open r: https://x/1');
  });
});
