import { insert, replace } from '../dockerfile/edit.js';
import { nextLine, rangesBetween } from '../dockerfile/layout.js';
import { placesOperators } from '../dockerfile/style.js';
import type { Dockerfile, Edit } from '../dockerfile/types.js';
import { formOf } from '../commands/join.js';
import { insertBefore } from './instructions.js';
import { ABOUT_PACKAGE_LISTS, takeOut } from './take-out.js';
import { inlineStyle, joint, linedStyle, type ChainStyle } from './joint.js';
import type { ChainLink, RunChain } from './run-chain.js';

/**
 * Joins the links into one RUN in the file's own style. Between them are comments and blank lines alone: the comments stay, inside
 * the continued instruction; blank lines go.
 */
export function joinRuns(dockerfile: Dockerfile, { links }: RunChain): readonly Edit[] {
  const style = chainStyle(dockerfile, links);
  const edits: Edit[] = [];
  let left: ChainLink | undefined;
  for (const link of links) {
    if (left !== undefined) edits.push(joinTwo(dockerfile, left, link, style, left === links[0]));
    else if (opening(link) !== '') edits.push(insert(bodyStart(link), opening(link)));
    left = link;
  }
  if (left !== undefined && closing(left) !== '') edits.push(insert(bodyEnd(left), closing(left)));
  return edits;
}

function joinTwo(dockerfile: Dockerfile, left: ChainLink, right: ChainLink, style: ChainStyle, opens: boolean): Edit {
  const range = { start: bodyEnd(left), end: bodyStart(right) };
  const comments = rangesBetween(dockerfile.comments, left.instruction.end, right.instruction.start).map(
    ({ start, end }) => dockerfile.text.slice(start, end).trimEnd(),
  );
  const inline = opens && comments.length === 0 && opensList(dockerfile, left, right);
  const between = inline ? joint(inlineStyle(dockerfile)) : joint(style, { comments });
  return replace(range, closing(left) + between + opening(right));
}

/** Columns that a line with two commands may take. */
const ONE_LINE = 100;

/**
 * `apt-get update` in front of an install whose words go on in further lines: on a line of its own, the install would be beside its words.
 */
function opensList(dockerfile: Dockerfile, left: ChainLink, { instruction: right }: ChainLink): boolean {
  const { instruction, script } = left;
  const isLong = right.startLine < right.endLine && !placesOperators(dockerfile, right);
  if (!isLong || instruction.startLine < instruction.endLine || script.commands.length > 1) return false;
  const end = nextLine(dockerfile.text, right.start);
  return instruction.end - instruction.start + end - right.body.sourceStart(0) <= ONE_LINE;
}

function opening({ script }: ChainLink): string {
  return formOf(script) === 'group' ? '{ ' : '';
}

function closing({ instruction, script }: ChainLink): string {
  if (formOf(script) === 'bare') return '';
  return instruction.body.text.trimEnd().endsWith(';') ? ' }' : '; }';
}

function bodyStart({ instruction: { body } }: ChainLink): number {
  return body.sourceStart(0);
}

function bodyEnd({ instruction: { body } }: ChainLink): number {
  return body.sourceEnd(body.text.length);
}

/** The style of the first link that says by its lines where operators go; otherwise the file's. */
function chainStyle(dockerfile: Dockerfile, links: readonly ChainLink[]): ChainStyle {
  const runs = links.map(({ instruction }) => instruction);
  const spoken = runs.find((run) => placesOperators(dockerfile, run));
  const several = runs.find(({ startLine, endLine }) => startLine !== endLine);
  // A RUN on one line shows how deep the lines are below it.
  const style = linedStyle(dockerfile, spoken ?? (several === undefined ? runs[0] : undefined));
  if (spoken !== undefined || several === undefined) return style;
  return { ...style, indent: linedStyle(dockerfile, several).indent };
}

/** Puts an update of the package lists into a RUN further down, with the comments that tell of it. Both need no group. */
export function moveIntoRun(dockerfile: Dockerfile, from: ChainLink, into: ChainLink): readonly Edit[] {
  const commands = dockerfile.text.slice(bodyStart(from), bodyEnd(from));
  const style = linedStyle(dockerfile, into.instruction);
  const { edit, comments } = takeOut(dockerfile, from.instruction, ABOUT_PACKAGE_LISTS);
  return [
    edit,
    ...(comments.length > 0 ? [insertBefore(dockerfile, into.instruction, comments)] : []),
    insert(bodyStart(into), commands + joint(opensList(dockerfile, from, into) ? inlineStyle(dockerfile) : style)),
  ];
}
