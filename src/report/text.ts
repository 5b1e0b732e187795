import { listCounts, listSkipped, plural, showNumber } from './counts.js';
import { unifiedDiff } from './diff.js';
import { problemLine, type Output, type Reporter, type ReportOptions } from './reporter.js';
import { isChanged, type Summary } from './summary.js';
import { coloursOf, styleDiff, oneLine, type Colours } from './terminal.js';
import type { FileProblem, FileReport } from './types.js';

/** For people. With a diff, only the diff goes to standard output, so that it can be piped to `git apply`. */
export function textReporter(options: ReportOptions): Reporter {
  const { diff, quiet, dryRun, out, err } = options;
  const aside = diff ? 'err' : 'out';
  const summaryColours = coloursOf(diff ? err : out);
  return {
    start: () => ({}),
    file(report) {
      const problems = problemLines(report, coloursOf(err)) + (quiet ? '' : warningLines(report, coloursOf(err)));
      if (diff) return { out: styleDiff(diffOf(report), out), err: problems };
      return { out: quiet ? '' : changeLines(report, coloursOf(out)), err: problems };
    },
    end: (summary): Output => (quiet ? {} : { [aside]: summarise(summary, dryRun, summaryColours) }),
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

function changeLines(report: FileReport, colours: Colours): string {
  if (!isChanged(report)) return '';
  const rows = report.changes.map(({ line, transform, level, message }) => ({
    line,
    name: transform,
    text: level === 'unsafe' ? `${message} (unsafe)` : message,
  }));
  return `${colours.bold(oneLine(report.path))}\n${alignRows(rows, colours)}`;
}

export interface Row {
  readonly line: number;
  readonly name: string;
  readonly text: string;
}

/** Rows in columns: `  12  merge-run  Merge 3 RUN instructions`. */
export function alignRows(rows: readonly Row[], colours: Colours): string {
  const numbers = Math.max(...rows.map(({ line }) => String(line).length));
  const names = Math.max(...rows.map(({ name }) => name.length));
  return rows
    .map(
      ({ line, name, text }) =>
        `  ${colours.dim(String(line).padStart(numbers))}  ${colours.cyan(name.padEnd(names))}  ${oneLine(text)}\n`,
    )
    .join('');
}

function summarise(summary: Summary, dryRun: boolean, colours: Colours): string {
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
  if (summary.warnings > 0) lines.push(plural(summary.warnings, 'warning'));
  if (problems > 0) lines.push(colours.red(plural(problems, 'problem')));
  return `${lines.join('\n')}\n${notTaken}`;
}
