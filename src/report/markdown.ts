import { listCounts, listSkipped, plural, showNumber } from './counts.js';
import { codesOf, linkOf } from './covers.js';
import { escapeText, fence } from './markdown-text.js';
import { problemLine, type Reporter, type ReportOptions } from './reporter.js';
import { isChanged, type Summary } from './summary.js';
import { diffOf } from './text.js';
import type { FileReport } from './types.js';

/** For a pull request or the summary of a CI job: a section for each file, then the totals. */
export function markdownReporter({ diff, dryRun }: ReportOptions): Reporter {
  return {
    start: () => ({}),
    file: (report) => ({
      out: isChanged(report) || report.problems.length + report.warnings.length > 0 ? section(report, diff) : '',
    }),
    end: (summary) => ({ out: totals(summary, dryRun) }),
  };
}

function section(report: FileReport, diff: boolean): string {
  const changes = report.changes.map(
    ({ line, transform, level, message, covers }) =>
      `- line ${line}: ${escapeText(message)} (${[`\`${transform}\``, level, ...covers.flatMap(linkedCode)].join(', ')})\n`,
  );
  const problems = report.problems.map((problem) => `- **problem** ${escapeText(problemLine(problem))}\n`);
  const warnings = report.warnings.map(({ line, message }) => `- **warning** line ${line}: ${escapeText(message)}\n`);
  const patch = diff && isChanged(report) ? `\n${fence(diffOf(report))}` : '';
  return `### ${escapeText(report.path)}\n\n${[...changes, ...warnings, ...problems].join('')}${patch}\n`;
}

/** A practice has no code, and not every tool a page. */
function linkedCode(finding: string): readonly string[] {
  const [link, [code]] = [linkOf(finding), codesOf([finding])];
  if (code === undefined) return [];
  return [link === undefined ? escapeText(code) : `[${escapeText(code)}](${link})`];
}

function totals(summary: Summary, dryRun: boolean): string {
  const { files, changed, changes, leftAlone, problems, byTransform, more } = summary;
  const lines = [
    `**${plural(files, 'file')}, ${showNumber(changed)} ${dryRun ? 'would change' : 'changed'}, ${plural(changes, 'change')}**\n`,
  ];
  const rows = Object.entries(byTransform).map(([name, count]) => `| \`${name}\` | ${count} |`);
  if (rows.length > 0) lines.push(['| transform | changes |', '| --- | --- |', ...rows].join('\n') + '\n');
  if (leftAlone > 0) lines.push(`Left alone: ${plural(leftAlone, 'place')}.\n`);
  if (Object.keys(more).length > 0) lines.push(`\`--unsafe\` would add: ${listCounts(more)}.\n`);
  const skipped = listSkipped(summary.skipped);
  if (skipped !== '') lines.push(`Skipped: ${skipped}.\n`);
  if (problems > 0) lines.push(`Problems: ${problems}.\n`);
  return lines.join('\n');
}
