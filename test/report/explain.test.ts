import { describe, expect, it } from 'vitest';
import { failedReport, skippedReport } from '../../src/files/file-report.js';
import { explainFile } from '../../src/report/explain.js';
import type { FileReport } from '../../src/report/types.js';

const LONG = 'it copies a whole folder, and which one of them it is can not be told from what lies beside it';
const report: FileReport = {
  ...failedReport('Dockerfile', { kind: 'crash', message: LONG, line: 3 }),
  context: { reason: LONG },
  changes: [{ transform: 'merge-run', level: 'safe', message: LONG, line: 1, covers: [] }],
  leftAlone: [{ transform: 'merge-run', level: 'safe', code: 'a', reason: LONG, line: 12 }],
  warnings: [{ kind: 'ignore-comment', message: LONG, line: 2, toMend: true }],
};

describe('what explain prints of a file', () => {
  it.each([40, 80, 120])('is no wider than a terminal of %i columns, and what goes on is indented', (width) => {
    for (const one of [report, skippedReport('Dockerfile', { kind: 'generated', reason: LONG })]) {
      const lines = explainFile(one, one, { colour: false, terminal: true, width }).split('\n');
      expect(lines.filter((line) => line.length > width)).toEqual([]);
      const headings = /^(?:Dockerfile|No build context:|Changes|Left alone|Left out by level|Warnings|Problems|$)/;
      expect(lines.filter((line) => !headings.test(line) && !line.startsWith('  '))).toEqual([]);
    }
  });

  it('has lines as long as their text where there is no terminal', () => {
    const text = explainFile(report, report, { colour: false, terminal: false });
    expect(text).toContain(`No build context: ${LONG}\n`);
    expect(text).toContain(`  2  ${LONG}\n`);
  });
});
