import { listCounts, listSkipped, plural, showNumber } from './counts.js';
import { unifiedDiff } from './diff.js';
import { problemLine, type Output, type Reporter, type ReportOptions } from './reporter.js';
import { isChanged, type Summary } from './summary.js';
import { coloursOf, type Colours, type TerminalStyle } from './colours.js';
import { codesOf } from './covers.js';
import { notedDiff } from './noted-diff.js';
import { alignRows, type Row } from './rows.js';
import { oneLine, styleDiff } from './terminal.js';
import { wrap } from './wrap.js';
import type { FileProblem, FileReport } from './types.js';

/**
 * For people. With a diff, the diff and what is said of its changes go to standard output, which can be piped to `git apply`. When it
 * is to be quiet, the diff alone.
 */
export function textReporter(options: ReportOptions): Reporter {
  const { diff, quiet, dryRun, out, err } = options;
  const aside = diff ? 'err' : 'out';
  return {
    start: () => ({}),
    file(report) {
      const problems = problemLines(report, coloursOf(err)) + (quiet ? '' : warningLines(report, coloursOf(err)));
      if (diff) return { out: quiet ? styleDiff(diffOf(report), out) : notedDiff(report, out), err: problems };
      return { out: quiet ? '' : changeLines(report, out), err: problems };
    },
    end: (summary): Output => (quiet ? {} : { [aside]: summarise(summary, dryRun, diff ? err : out) }),
  };
}

/** The diff of the Dockerfile, then those of files in its context. */
export function diffOf({ path, before, after, contextFiles }: FileReport): string {
  const files = contextFiles.map((file) => unifiedDiff(file.path, file.before, file.after));
  return [unifiedDiff(path, before, after), ...files].join('');
}

function problemLines({ problems }: FileReport, colours: Colours): string {
  return problems
    .map((problem) => `${colours.red('error')} ${oneLine(problemLine(problem))}\n${stackLines(problem)}`)
    .join('');
}

function warningLines({ path, warnings }: FileReport, colours: Colours): string {
  return warnings
    .map(({ line, message }) => `${colours.yellow('warning')} ${oneLine(problemLine({ path, line, message }))}\n`)
    .join('');
}

/** Where a plug-in failed, below what it failed with. */
export function stackLines({ stack = '' }: FileProblem): string {
  return stack === ''
    ? ''
    : stack
        .split('\n')
        .map((line) => `${oneLine(line)}\n`)
        .join('');
}

function changeLines(report: FileReport, style: TerminalStyle): string {
  if (!isChanged(report)) return '';
  return `${coloursOf(style).bold(oneLine(report.path))}\n${alignRows(report.changes.map(changeRow), style)}`;
}

/** With its level, and the codes of the findings that it answers. */
export function changeRow({ line, transform, level, message, covers }: FileReport['changes'][number]): Row {
  return { line, name: transform, text: `${message} (${[level, ...codesOf(covers)].join(', ')})` };
}

function summarise(summary: Summary, dryRun: boolean, style: TerminalStyle): string {
  const colours = coloursOf(style);
  const { files, changed, changes, leftAlone, problems, byTransform, more } = summary;
  const skipped = listSkipped(summary.skipped);
  const notTaken = skipped === '' ? '' : `Skipped: ${skipped}; \`dockmod explain PATH\` says why\n`;
  if (files === 0 && problems === 0) return `No Dockerfile found.\n${notTaken}`;
  const would = dryRun ? 'would change' : 'changed';
  const lines = [
    colours.bold(`${plural(files, 'file')}, ${showNumber(changed)} ${would}, ${plural(changes, 'change')}`),
  ];
  if (changes > 0) lines.push(`By transform: ${listCounts(byTransform)}`);
  if (leftAlone > 0) lines.push(`Left alone: ${plural(leftAlone, 'place')}; \`dockmod explain FILE\` says why`);
  if (Object.keys(more).length > 0) lines.push(`--unsafe would add: ${listCounts(more)}`);
  const shown = lines.map((line) => wrap(line, { width: style.width, indent: 2, taken: 0 }));
  if (summary.warnings > 0) shown.push(plural(summary.warnings, 'warning'));
  if (problems > 0) shown.push(colours.red(plural(problems, 'problem')));
  return `${shown.join('\n')}\n${notTaken}`;
}
