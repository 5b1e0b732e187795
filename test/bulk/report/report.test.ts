import { describe, expect, it } from 'vitest';
import { makeReport, reportFiles } from '../../../src/bulk/report/index.js';
import type { JournalRecord } from '../../../src/bulk/journal/types.js';
import type { PlanEntry } from '../../../src/bulk/plan/types.js';
import { statusesOf } from '../../../src/bulk/journal/repository-status.js';
import { HOSTILE, model, row } from './model.js';

const REPOSITORY = { id: 'a/b', url: 'https://x/a/b', forge: undefined, path: 'a/b', defaultBranch: 'main' };
const FILE = { path: 'Dockerfile', mode: '100644', before: '1', after: '2', diff: '' } as const;
const ENTRY: PlanEntry = {
  repository: REPOSITORY,
  head: { branch: 'main', commit: 'c' },
  outcome: 'fix',
  reason: undefined,
  commits: [
    { message: 'm', files: [FILE] },
    { message: 'n', files: [FILE] },
  ],
  diff: 'diff',
  fixes: [
    { path: 'Dockerfile', line: 1, transform: 'merge-run', level: 'safe', message: 'Merge' },
    { path: 'Dockerfile', line: 2, transform: 'pin-base-image', level: 'guarded', message: 'Pin' },
    { path: 'Dockerfile', line: 3, transform: 'pin-base-image', level: 'guarded', message: 'Pin' },
  ],
  leftAlone: [{ path: 'Dockerfile', line: 4, transform: 'merge-run', level: 'safe', code: 'x', reason: 'why' }],
  problems: [],
  skipped: [],
  warnings: [],
};
const nothing = (id: string): PlanEntry => ({
  ...ENTRY,
  repository: { ...REPOSITORY, id },
  outcome: 'nothing',
  reason: 'nothing to fix',
  commits: [],
  fixes: [],
  leftAlone: [],
  diff: '',
});

describe('the model', () => {
  it('is made from the plan and the journal', async () => {
    const at = (minute: number): string => `2026-01-01T00:0${minute}:00.000Z`;
    const records: JournalRecord[] = [
      { at: at(0), repository: 'a/b', event: 'planned', head: 'c', files: 1, fixes: {} },
      { at: at(1), repository: 'a/c', event: 'nothing', reason: 'nothing to fix' },
      {
        at: at(4),
        repository: 'a/b',
        event: 'pull-request',
        number: 7,
        url: 'https://x/7',
        state: 'open',
        checks: 'red',
        wave: 2,
      },
      { at: at(5), repository: 'gone', event: 'failed', reason: 'not in the plan any more' },
    ];
    const made = await makeReport({
      campaign: 't',
      plannedAt: at(0),
      entries: [ENTRY, nothing('a/c')],
      statuses: statusesOf(records),
      records,
    });
    expect(made).toMatchObject({
      repositories: 2,
      files: 1,
      fixes: 3,
      states: [
        ['open', 1],
        ['nothing', 1],
      ],
      transforms: [
        ['pin-base-image', 2],
        ['merge-run', 1],
      ],
      reasons: [['x', 1]],
    });
    expect(made.rows[0]).toMatchObject({ url: 'https://x/7', checks: 'red', wave: 2, files: 1 });
    expect(made.timeline[0]?.states).toEqual({ planned: 1 });
    expect(made.timeline.at(-1)?.states).toEqual({ open: 1, nothing: 1 });
    expect(made.timeline.length).toBeLessThan(130);
  });

  it('may be empty', async () => {
    const made = await makeReport({ campaign: 't', plannedAt: '', entries: [], statuses: new Map(), records: [] });
    expect(reportFiles(made)['report.html']).toContain('Nothing has happened yet');
  });
});

describe('the files', () => {
  const files = reportFiles(
    model([row('acme/shop', { reason: HOSTILE }), row('acme/`a|b`', { url: undefined, state: 'failed' })]),
  );

  it('are JSON with every row', () => {
    expect(JSON.parse(files['report.json'] ?? '')).toMatchObject({
      campaign: 'look',
      rows: [{ id: 'acme/shop' }, { id: 'acme/`a|b`' }],
    });
  });

  it('are Markdown whose table no repository can break', () => {
    const lines = (files['report.md'] ?? '').split('\n').filter((line) => line.startsWith('| `'));
    expect(lines.map((line) => line.replace(/\\\|/g, '').split('|').length)).toEqual([4, 7, 7]);
    expect(files['report.md']).not.toContain('<script>');
  });

  it('are HTML that no repository can break out of, and that loads nothing', () => {
    const html = files['report.html'] ?? '';
    expect(html).not.toContain(HOSTILE);
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html).not.toMatch(/(?:src|href)="(?!#)/);
    expect(html).toMatch(/default-src 'none'/);
  });
});
