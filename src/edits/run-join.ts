import { insert, replace } from '../dockerfile/edit.js';
import { rangesBetween } from '../dockerfile/layout.js';
import { placesOperators } from '../dockerfile/style.js';
import type { Dockerfile, Edit } from '../dockerfile/types.js';
import { formOf } from '../commands/join.js';
import { insertBefore } from './instructions.js';
import { ABOUT_PACKAGE_LISTS, takeOut } from './take-out.js';
import { joint, linedStyle, type ChainStyle } from './joint.js';
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
    if (left !== undefined) edits.push(joinTwo(dockerfile, left, link, style));
    else if (opening(link) !== '') edits.push(insert(bodyStart(link), opening(link)));
    left = link;
  }
  if (left !== undefined && closing(left) !== '') edits.push(insert(bodyEnd(left), closing(left)));
  return edits;
}

function joinTwo(dockerfile: Dockerfile, left: ChainLink, right: ChainLink, style: ChainStyle): Edit {
  const range = { start: bodyEnd(left), end: bodyStart(right) };
  const comments = rangesBetween(dockerfile.comments, left.instruction.end, right.instruction.start).map(
    ({ start, end }) => dockerfile.text.slice(start, end).trimEnd(),
  );
  return replace(range, closing(left) + joint(style, { comments }) + opening(right));
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
  const style = linedStyle(dockerfile, spoken);
  const several = runs.find(({ startLine, endLine }) => startLine !== endLine);
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
    insert(bodyStart(into), commands + joint(style)),
  ];
}
