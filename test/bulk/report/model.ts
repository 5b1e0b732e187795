import type { ReportModel, ReportRow } from '../../../src/bulk/report/index.js';

const DIFF = `diff --git a/Dockerfile b/Dockerfile
--- a/Dockerfile
+++ b/Dockerfile
@@ -1,3 +1,4 @@
-FROM node
+FROM node:26.7.0-trixie
 # install "all" of it
 RUN npm ci --prefix "$HOME" && echo '\${X}'
${' '.repeat(1)}ENV LONG=${'x'.repeat(300)}
`;

export const HOSTILE =
  '</script><script>document.title="owned"</script><img src=x onerror="document.title=1">\u202Egpj';

export function row(id: string, given: Partial<ReportRow> = {}): ReportRow {
  const fix = { path: 'Dockerfile', line: 1, transform: 'pin-base-image', level: 'guarded', text: 'Pin node' } as const;
  return {
    id,
    state: 'open',
    reason: undefined,
    url: `https://github.com/${id}/pull/1`,
    checks: 'green',
    wave: 1,
    files: 1,
    fixes: [fix],
    leftAlone: [{ ...fix, code: 'remote-source', text: 'ADD of a URL' }],
    problems: [],
    skipped: [],
    warnings: [],
    diff: DIFF,
    at: '2026-11-01T10:00:00.000Z',
    ...given,
  };
}

export function model(rows: readonly ReportRow[]): ReportModel {
  return {
    campaign: 'look',
    plannedAt: '2026-11-01T09:00:00.000Z',
    repositories: rows.length,
    files: rows.length,
    fixes: rows.length,
    states: [...new Set(rows.map(({ state }) => state))].map((state) => [
      state,
      rows.filter((one) => one.state === state).length,
    ]),
    transforms: [['pin-base-image', rows.length]],
    reasons: [],
    timeline: [
      { at: '2026-11-01T09:00:00.000Z', states: { planned: rows.length } },
      { at: '2026-11-01T10:00:00.000Z', states: { open: rows.length } },
    ],
    rows,
  };
}
