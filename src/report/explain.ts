import type { Transform } from '../engine/types.js';
import { problemLine } from './reporter.js';
import { alignRows } from './text.js';
import { coloursOf, oneLine, type Colours, type Looks } from './terminal.js';
import type { FileReport } from './types.js';

/** Every change and every place left alone in a Dockerfile, with its reason. */
export function explainFile(report: FileReport, looks: Looks): string {
  const colours = coloursOf(looks);
  const changes = report.changes.map(({ line, transform, level, message }) => ({
    line,
    name: transform,
    text: `${message} (${level})`,
  }));
  const left = report.leftAlone.map(({ line, transform, reason }) => ({ line, name: transform, text: reason }));
  const problems = report.problems.map((problem) => `  ${oneLine(problemLine(problem))}\n`).join('');
  const nothing = changes.length + left.length === 0 && problems === '' ? '  Nothing to do.\n' : '';
  return [
    `${colours.bold(oneLine(report.path))}\n${contextLine(report)}`,
    heading('Changes', changes.length, colours) + alignRows(changes, colours),
    heading('Left alone', left.length, colours) + alignRows(left, colours),
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
      'reason' in context
        ? `No build context: ${context.reason}`
        : `Build context: ${context.root} (${context.origin})`,
    ) + '\n'
  );
}

/** What a transform does, refuses and can be told. */
export function explainTransform(transform: Transform, looks: Looks): string {
  const { name, level, group, summary, covers, mayChange, options = {}, docs } = transform;
  const colours = coloursOf(looks);
  const rows = Object.entries(options).map(([option, spec]) => {
    const values = spec.values === undefined ? spec.type : spec.values.join(' | ');
    return `  ${colours.cyan(option)} (${values}, default ${JSON.stringify(spec.default)}): ${spec.description}\n`;
  });
  return [
    `${colours.bold(name)} (${level}, ${group})\n${summary}\n`,
    docs.trim() === '' ? '' : `\n${docs.trim()}\n`,
    rows.length === 0 ? '' : `\n${colours.underline('Options')}\n${rows.join('')}`,
    covers.length === 0 ? '' : `\nAnswers: ${covers.join(', ')}\n`,
    `${covers.length === 0 ? '\n' : ''}May change of the image: ${mayChange.length === 0 ? 'nothing' : mayChange.join(', ')}\n`,
  ].join('');
}

/** The catalogue, by name, level and summary. */
export function listTransforms(transforms: readonly Transform[], looks: Looks): string {
  const colours = coloursOf(looks);
  const width = Math.max(0, ...transforms.map(({ name }) => name.length));
  return transforms
    .map(({ name, level, summary }) => `${colours.cyan(name.padEnd(width))}  ${level.padEnd(7)}  ${summary}\n`)
    .join('');
}
