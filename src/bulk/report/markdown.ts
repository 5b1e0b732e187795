import { codeSpan, escapeText } from '../../report/markdown-text.js';
import type { ReportModel, ReportRow } from './model.js';

/** The report as Markdown: the totals, then a table with a row for each repository. */
export function markdownReport(model: ReportModel): string {
  const { campaign, plannedAt, repositories, files, fixes, states, transforms, rows } = model;
  const parts = [
    `# Campaign ${escapeText(campaign)}`,
    `Planned ${plannedAt}: ${repositories} repositories, ${fixes} fixes in ${files} files.`,
    table(['State', 'Repositories'], states),
    table(
      ['Transform', 'Fixes'],
      transforms.map(([name, count]) => [codeSpan(name), count]),
    ),
    '## Repositories',
    table(['Repository', 'State', 'Checks', 'Fixes', 'What'], rows.map(lineOf)),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function lineOf({ id, state, checks, fixes, url, reason }: ReportRow): readonly (string | number)[] {
  const what = reason === undefined ? '' : escapeText(reason);
  return [
    codeSpan(id),
    state,
    checks === 'none' ? '' : checks,
    fixes.length,
    url === undefined ? what : `[pull request](<${url}>) ${what}`.trim(),
  ];
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly (string | number)[]): string =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
