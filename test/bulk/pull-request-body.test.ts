import { describe, expect, it } from 'vitest';
import { pullRequestBody } from '../../src/bulk/apply/pull-request-body.js';
import { sharedValues } from '../../src/bulk/campaign/message-template.js';
import type { PlanEntry, PlannedFix } from '../../src/bulk/plan/types.js';

const FIX: PlannedFix = {
  path: 'api/Dockerfile',
  line: 3,
  transform: 'merge-run',
  level: 'safe',
  message: 'Join 2 RUN instructions: `a` and `b`',
};
const entryWith = (given: Partial<PlanEntry>): PlanEntry => ({
  repository: { id: 'x/acme/shop', url: '', forge: undefined, path: 'acme/shop', defaultBranch: 'main' },
  head: { branch: 'main', commit: 'c' },
  outcome: 'fix',
  reason: undefined,
  commits: [],
  diff: '',
  fixes: [FIX],
  leftAlone: [],
  problems: [],
  skipped: [],
  warnings: [],
  ...given,
});
const body = (given: Partial<PlanEntry>, template?: string, docs?: string): string =>
  pullRequestBody(entryWith(given), { values: VALUES, template, docs });
const VALUES = sharedValues({ campaign: 'pins', repository: 'acme/shop', fixes: 3, files: 1 });

describe('the text of a pull request', () => {
  it('has a line for each fix, what its level means, and how to opt out', () => {
    const text = body({});
    expect(text).toContain('| `api/Dockerfile` | 3 | Join 2 RUN instructions: `a` and `b` | `merge-run` | safe |');
    expect(text).toContain('- **safe**:');
    expect(text).not.toContain('- **guarded**:');
    expect(text).toContain('# dockmod-ignore-file');
    expect(text).toContain('<!-- dockmod campaign: pins -->');
    expect(body({})).toBe(text);
  });

  it('says what was left alone and why, folded', () => {
    const place = { path: FIX.path, line: FIX.line, transform: FIX.transform, level: FIX.level };
    const text = body({
      leftAlone: [{ ...place, code: 'x', reason: 'the source is not known' }],
      problems: [{ path: 'Dockerfile.old', message: 'line 2: it is not UTF-8' }],
      warnings: [{ path: 'a/Dockerfile', line: 7, message: 'no transform has that name' }],
    });
    expect(text).toContain('<summary>3 places were left alone</summary>');
    expect(text).toContain('| `api/Dockerfile` | 3 | the source is not known | `merge-run` |');
    expect(text).toContain('| `a/Dockerfile` | 7 | no transform has that name | |');
    expect(text).toContain('| `Dockerfile.old` | | line 2: it is not UTF-8 | |');
  });

  it('links to pages about transforms where there are some', () => {
    expect(body({}, undefined, 'https://wiki.example.com/dockmod/')).toContain(
      '[`merge-run`](https://wiki.example.com/dockmod/merge-run)',
    );
  });

  it('notifies nobody and breaks no table, whatever a repository contains', () => {
    const message = 'see @alice, #12, !34 and <img src=x> | more\nlines';
    const text = body({ fixes: [{ ...FIX, path: 'a`|b`/Dockerfile', message }] });
    const row = text.split('\n').find((line) => line.startsWith('| ``')) ?? '';
    expect(row.replaceAll('\\|', '').split('|')).toHaveLength(7);
    expect(row).not.toMatch(/[@#!]\w/);
    expect(row).not.toMatch(/(?<!\\)<img/);
  });

  it('is never longer than a forge accepts, and counts what it leaves out', () => {
    const fixes = Array.from({ length: 5000 }, (_, line) => ({ ...FIX, line }));
    const text = body({
      fixes,
      leftAlone: fixes.map(({ message, ...place }) => ({ ...place, code: 'x', reason: message })),
    });
    expect(text.length).toBeLessThan(60_000);
    expect(text.match(/… and \d+ more\./g)).toHaveLength(2);
    expect(text).toContain('<summary>5,000 fixes</summary>');
  });

  it('can be part of a text of your own', () => {
    const text = body({}, 'Ours: {{campaign}} for {{repository}}\n\n{{body}}');
    expect(text).toMatch(/^Ours: pins for acme\/shop\n\nThese fixes/);
    expect(body({}, '{{ fixes.count }} in {{files.count}}')).toMatch(/^3 fixes in 1 file\n/);
    expect(body({}, '{{fixes}}')).not.toContain('If you do not want this');
  });
});
