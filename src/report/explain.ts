import type { Transform } from '../engine/types.js';
import { problemLine } from './reporter.js';
import { coloursOf, oneLine, styleDiff, type Colours, type TerminalStyle } from './terminal.js';
import { alignRows, stackLines } from './text.js';
import type { FileReport } from './types.js';

/** Text of `dockmod explain FILE`: every change, and every place left alone with its reason. */
export function explainFile(report: FileReport, style: TerminalStyle): string {
  const colours = coloursOf(style);
  const changes = report.changes.map(({ line, transform, level, message }) => ({
    line,
    name: transform,
    text: `${message} (${level})`,
  }));
  const left = report.leftAlone.map(({ line, transform, reason }) => ({ line, name: transform, text: reason }));
  const problems = report.problems
    .map((problem) => `  ${oneLine(problemLine(problem))}\n${stackLines(problem)}`)
    .join('');
  if (report.skipped !== undefined)
    return `${colours.bold(oneLine(report.path))}\n  Skipped: ${oneLine(report.skipped.reason)}\n`;
  const nothing =
    changes.length + left.length + report.warnings.length === 0 && problems === '' ? '  Nothing to do.\n' : '';
  return [
    `${colours.bold(oneLine(report.path))}\n${contextLine(report)}`,
    heading('Changes', changes.length, colours) + alignRows(changes, colours),
    heading('Left alone', left.length, colours) + alignRows(left, colours),
    heading('Warnings', report.warnings.length, colours) +
      report.warnings.map(({ line, message }) => `  ${line}  ${oneLine(message)}\n`).join(''),
    heading('Problems', report.problems.length, colours) + problems,
    nothing,
  ].join('');
}

function heading(title: string, count: number, colours: Colours): string {
  return count === 0 ? '' : `${colours.underline(title)}\n`;
}

function contextLine({ context }: FileReport): string {
  if (context === undefined) return '';
  return (
    oneLine(
      context.root === undefined
        ? `No build context: ${context.reason}`
        : `Build context: ${context.root} (${context.origin})`,
    ) + '\n'
  );
}

/** Text of `dockmod explain TRANSFORM`: what it does, an example (a diff), its options, and what it covers and may change. */
export function explainTransform(transform: Transform, style: TerminalStyle, example = ''): string {
  const { name, level, group, summary, covers, mayChange, options = {}, docs, plugin } = transform;
  const colours = coloursOf(style);
  const rows = Object.entries(options).map(([option, spec]) => {
    const values = spec.values === undefined ? spec.type : spec.values.join(' | ');
    return `  ${colours.cyan(option)} (${values}, default ${JSON.stringify(spec.default)}): ${spec.description}\n`;
  });
  return [
    `${colours.bold(name)} (${level}, ${group})\n${summary}\n`,
    docs.trim() === '' ? '' : `\n${docs.trim()}\n`,
    example === '' ? '' : `\n${colours.underline('Example')}\n${styleDiff(example, style)}`,
    rows.length === 0 ? '' : `\n${colours.underline('Options')}\n${rows.join('')}`,
    covers.length === 0 ? '' : `\nCovers: ${covers.join(', ')}\n`,
    `${covers.length === 0 ? '\n' : ''}May change in the image: ${mayChange.length === 0 ? 'nothing' : mayChange.join(', ')}\n`,
    plugin === undefined ? '' : `Plug-in: ${plugin}\n`,
  ].join('');
}

/** Text of `dockmod list`: a line for each transform, with the file where it is from a plug-in. */
export function listTransforms(transforms: readonly Transform[], style: TerminalStyle): string {
  const colours = coloursOf(style);
  const width = Math.max(0, ...transforms.map(({ name }) => name.length));
  return transforms
    .map(({ name, level, summary, plugin }) => {
      const text = plugin === undefined ? summary : `${summary}${summary === '' ? '' : ' '}(${plugin})`;
      return `${colours.cyan(name.padEnd(width))}  ${level.padEnd(7)}  ${text}\n`;
    })
    .join('');
}
