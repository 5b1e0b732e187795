import { isAbove, LEVELS, NEEDS_LEVEL } from '../engine/levels.js';
import type { Transform } from '../engine/types.js';
import { problemLine } from './reporter.js';
import { coloursOf, type Colours, type TerminalStyle } from './colours.js';
import { linkOf } from './covers.js';
import { alignRows } from './rows.js';
import { oneLine, styleDiff } from './terminal.js';
import { changeRow, stackLines } from './text.js';
import { wrap, wrapBehind } from './wrap.js';
import type { FileReport } from './types.js';

/**
 * Text of `dockmod explain FILE`: every change, every place left alone with its reason, and what the level leaves out.
 * @param wide the report on the same file at level unsafe
 */
export function explainFile(report: FileReport, wide: FileReport, style: TerminalStyle): string {
  const colours = coloursOf(style);
  const changes = report.changes.map(changeRow);
  const left = report.leftAlone.map(({ line, transform, reason }) => ({ line, name: transform, text: reason }));
  const { width } = style;
  const row = (text: string): string => wrap(oneLine(text), { width, indent: 4, taken: 2 });
  const problems = report.problems.map((one) => `  ${row(problemLine(one))}\n${stackLines(one)}`).join('');
  if (report.skipped !== undefined)
    return `${colours.bold(oneLine(report.path))}\n  ${row(`Skipped: ${report.skipped.reason}`)}\n`;
  const out = leftOut(report, wide).map(changeRow);
  const places = changes.length + left.length + out.length + report.warnings.length;
  const nothing = places === 0 && problems === '' ? '  Nothing to do.\n' : '';
  return [
    `${colours.bold(oneLine(report.path))}\n${contextLine(report, style)}`,
    heading('Changes', changes.length, colours) + alignRows(changes, style),
    heading('Left alone', left.length, colours) + alignRows(left, style),
    heading(`Left out by level ${report.level ?? 'safe'}`, out.length, colours) + alignRows(out, style),
    heading('Warnings', report.warnings.length, colours) +
      report.warnings.map(({ line, message }) => `  ${row(`${line}  ${message}`)}\n`).join(''),
    heading('Problems', report.problems.length, colours) + problems,
    nothing,
  ].join('');
}

/** Changes of a higher level, without those that are told among what is left alone. */
function leftOut({ level = 'unsafe', leftAlone }: FileReport, wide: FileReport): FileReport['changes'] {
  const told = leftAlone
    .filter(({ code }) => code === NEEDS_LEVEL)
    .map(({ transform, line }) => `${transform} ${line}`);
  return wide.changes.filter((one) => isAbove(one.level, level) && !told.includes(`${one.transform} ${one.line}`));
}

function heading(title: string, count: number, colours: Colours): string {
  return count === 0 ? '' : `${colours.underline(title)}\n`;
}

function contextLine({ context }: FileReport, { width }: TerminalStyle): string {
  if (context === undefined) return '';
  const text =
    context.root === undefined
      ? `No build context: ${context.reason}`
      : `Build context: ${context.root} (${context.origin})`;
  return `${wrap(oneLine(text), { width, indent: 2, taken: 0 })}\n`;
}

/** Text of `dockmod explain TRANSFORM`: what it does, an example (a diff), its options, and what it covers and may change. */
export function explainTransform(transform: Transform, style: TerminalStyle, example = ''): string {
  const { name, level, group, summary, covers, mayChange, options = {}, docs, plugin } = transform;
  const colours = coloursOf(style);
  const line = (text: string, indent = 0): string => `${wrap(text, { width: style.width, indent, taken: 0 })}\n`;
  const rows = Object.entries(options).map(([option, spec]) => {
    const values = spec.values === undefined ? spec.type : spec.values.join(' | ');
    const text = `(${values}, default ${JSON.stringify(spec.default)}): ${spec.description}`;
    return `  ${colours.cyan(option)} ${wrap(text, { width: style.width, indent: 4, taken: option.length + 3 })}\n`;
  });
  const links = covers.map((one) => `  ${[one, linkOf(one) ?? ''].join(' ').trim()}\n`);
  const facets = mayChange.length === 0 ? 'nothing' : mayChange.join(', ');
  return [
    `${colours.bold(name)} (${level}, ${group})\n${line(summary)}`,
    docs.trim() === '' ? '' : `\n${paragraphs(docs.trim(), style)}\n`,
    example === '' ? '' : `\n${colours.underline('Example')}\n${styleDiff(example, style)}`,
    rows.length === 0 ? '' : `\n${colours.underline('Options')}\n${rows.join('')}`,
    links.length === 0 ? '' : `\n${colours.underline('Covers')}\n${links.join('')}`,
    `\n${line(`May change in the image: ${facets}`, 2)}`,
    plugin === undefined ? '' : `Plug-in: ${plugin}\n`,
  ].join('');
}

/** Where lines are to be broken, each paragraph anew; what is indented keeps its lines. */
function paragraphs(text: string, { width }: TerminalStyle): string {
  if (width === undefined) return text;
  const parts = text.split(/\n{2,}/);
  return parts
    .map((part) => (/^\s/m.test(part) ? part : wrap(part.replace(/\n/g, ' '), { width, indent: 0, taken: 0 })))
    .join('\n\n');
}

/** Text of `dockmod list`: a line for each transform, with the file where it is from a plug-in. */
export function listTransforms(transforms: readonly Transform[], style: TerminalStyle): string {
  const colours = coloursOf(style);
  const names = Math.max(0, ...transforms.map(({ name }) => name.length));
  const taken = names + 2 + LEVEL_WIDTH + 2;
  return transforms
    .map(({ name, level, summary, plugin }) => {
      const text = plugin === undefined ? summary : `${summary}${summary === '' ? '' : ' '}(${plugin})`;
      const row = `${colours.cyan(name.padEnd(names))}  ${level.padEnd(LEVEL_WIDTH)}  ${wrapBehind(text, taken, style.width)}`;
      return `${row.replace(/(?<! ) +\n/g, '\n')}\n`;
    })
    .join('');
}

const LEVEL_WIDTH = Math.max(...LEVELS.map((level) => level.length));
