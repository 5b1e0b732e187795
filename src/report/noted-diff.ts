import { codesOf } from './covers.js';
import { coloursOf, isForPeople, type TerminalStyle } from './colours.js';
import { unifiedDiff } from './diff.js';
import { lastOldLine, splitDiff } from './hunks.js';
import { oneLine, styleDiff } from './terminal.js';
import type { FileReport } from './types.js';
import { wrap } from './wrap.js';

type Change = FileReport['changes'][number];

/**
 * The diff of a Dockerfile and of the files of its context, with a line for each change that says why:
 *
 *     Dockerfile:12 merge-run safe DL3059 Join 3 RUN instructions: they are one piece of package work
 *
 * For people the line is above its hunk. For `git apply`, which takes nothing between two hunks, it is above the file, and the names
 * are behind the numbers of the hunk.
 */
export function notedDiff(report: FileReport, style: TerminalStyle): string {
  const { path, before, after, changes, contextFiles } = report;
  const own = unifiedDiff(path, before, after);
  const inContext = changes.filter((change) => change.inContext === true || own === '');
  const files = contextFiles.map((file, index) =>
    noted(path, unifiedDiff(file.path, file.before, file.after), index === 0 ? inContext : [], style),
  );
  const inFile = changes.filter((change) => !inContext.includes(change) || contextFiles.length === 0);
  return [noted(path, own, inFile, style), ...files].join('');
}

function noted(path: string, diff: string, changes: readonly Change[], style: TerminalStyle): string {
  if (diff === '') return '';
  const { header, hunks } = splitDiff(diff);
  const told = hunks.map((): Change[] => []);
  for (const change of changes) told[hunkOf(change, hunks)]?.push(change);
  const notes = (some: readonly Change[]): string => some.map((change) => `${noteOf(path, change, style)}\n`).join('');
  if (!isForPeople(style)) {
    const named = hunks.map(([head = '', ...lines], index) => [head + namesOf(told[index] ?? []), ...lines]);
    return notes(changes) + [...header, ...named.flat()].join('\n');
  }
  const last = hunks.length - 1;
  return hunks
    .map((hunk, index) => {
      const lines = [...(index === 0 ? header : []), ...hunk].join('\n') + (index === last ? '' : '\n');
      return notes(told[index] ?? []) + styleDiff(lines, style);
    })
    .join('');
}

/** The first hunk that reaches down to the line of the change, else the last. */
function hunkOf({ line }: Change, hunks: readonly (readonly string[])[]): number {
  const found = hunks.findIndex((hunk) => line <= lastOldLine(hunk));
  return found === -1 ? hunks.length - 1 : found;
}

function noteOf(path: string, { line, transform, level, covers, message }: Change, style: TerminalStyle): string {
  const colours = coloursOf(style);
  const place = withoutHeader(`${oneLine(path)}:${line}`);
  const codes = codesOf(covers).join(' ');
  const told = `${codes}${codes === '' ? '' : ' '}${oneLine(message)}`;
  const taken = `${place} ${transform} ${level} `.length;
  const text = wrap(told, { width: isForPeople(style) ? style.width : undefined, indent: 4, taken });
  return `${colours.bold(place)} ${colours.cyan(transform)} ${level} ${text}`;
}

/** No program takes the line for the beginning of a patch, whatever the file is called. */
function withoutHeader(place: string): string {
  return /^(?:[-+@*]|diff |Index:)/.test(place) ? `./${place}` : place;
}

/** Behind the numbers of a hunk there is room for words, which programs skip. */
function namesOf(changes: readonly Change[]): string {
  const names = new Set(
    changes.map(({ transform, level, covers }) => [transform, level, ...codesOf(covers)].join(' ')),
  );
  return names.size === 0 ? '' : ` ${[...names].join(', ')}`;
}
