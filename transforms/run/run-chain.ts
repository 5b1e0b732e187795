import { continuationStyle, type ContinuationStyle } from '../../src/dockerfile/style.js';
import type { Dockerfile, Edit, Instruction } from '../../src/dockerfile/types.js';
import { replace } from '../../src/dockerfile/edit.js';
import { hasPosixShell } from '../../src/image/state.js';
import type { Config } from '../../src/image/types.js';
import { runScript } from '../../src/shell/run.js';
import { joinForms, type JoinForm } from '../../src/shell/join.js';
import { startsWithErrexit } from '../../src/shell/options.js';
import type { Script } from '../../src/shell/types.js';

/** A RUN that can stand in a chain: shell form under a POSIX shell, no heredoc. */
export interface ChainLink {
  readonly instruction: Instruction;
  readonly script: Script;
}

/** The link of a RUN, or the reason why it can't be joined to another. */
export function chainLink(dockerfile: Dockerfile, instruction: Instruction, config: Config): ChainLink | string {
  if (!hasPosixShell(config)) return 'SHELL names a shell that joins commands differently';
  if (instruction.heredocs.length > 0) return 'it is written as a heredoc';
  if (instruction.json !== undefined) return 'it is in exec form, without a shell';
  const found = runScript(dockerfile, instruction);
  return typeof found === 'string' ? found : { instruction, script: found.script };
}

/** How the links join, or why they don't. */
export function chainForms(links: readonly ChainLink[], config: Config): readonly JoinForm[] | string {
  const [first] = links;
  const flags = (link: ChainLink | undefined): string =>
    JSON.stringify(link?.instruction.flags.map(({ name, value }) => [name, value]).sort());
  if (links.some((link) => flags(link) !== flags(first))) return 'their flags differ';
  const exported = (name: string): boolean => config.variables.has(name) || SHELL_ENVIRONMENT.test(name);
  return joinForms(
    links.map(({ script }) => script),
    exported,
    startsWithErrexit(config.shell),
  );
}

/** Variables that are in the environment of every shell or that change how it reads words. */
const SHELL_ENVIRONMENT = /^(?:PATH|HOME|IFS|USER|LANG|LC_\w+|PWD|SHELL|TERM|TMPDIR|LD_\w+)$/;

/**
 * Joins the links into one RUN in the file's own style. What stands between them is comments and blank lines: the comments
 * stay, inside the continued instruction; blank lines go.
 */
export function chainEdits(
  dockerfile: Dockerfile,
  links: readonly ChainLink[],
  forms: readonly JoinForm[],
): readonly Edit[] {
  const edits: Edit[] = [];
  const style = chainStyle(dockerfile, links);
  for (const [index, { instruction }] of links.entries()) {
    const grouped = forms[index] === 'group';
    const next = links[index + 1]?.instruction;
    if (grouped && index === 0)
      edits.push(replace({ start: bodyStart(instruction), end: bodyStart(instruction) }, '{ '));
    const close = grouped ? closing(instruction) : '';
    if (next === undefined) {
      if (close !== '') edits.push(replace({ start: bodyEnd(instruction), end: bodyEnd(instruction) }, close));
      continue;
    }
    const open = forms[index + 1] === 'group' ? '{ ' : '';
    edits.push(
      replace(
        { start: bodyEnd(instruction), end: bodyStart(next) },
        close + separator(dockerfile, instruction, next, style) + open,
      ),
    );
  }
  return edits;
}

function closing({ body }: Instruction): string {
  return body.text.trimEnd().endsWith(';') ? ' }' : '; }';
}

/** The style of the first link that says by its lines where operators go; otherwise the file's. */
function chainStyle(dockerfile: Dockerfile, links: readonly ChainLink[]): ContinuationStyle {
  const spoken = links.find(({ instruction }) =>
    /(?:&&|;)\s*[\\`]\s*\n|\n\s*(?:&&|;)/.test(dockerfile.text.slice(instruction.start, instruction.end)),
  );
  const style = continuationStyle(dockerfile, spoken?.instruction);
  if (spoken !== undefined) return style;
  const several = links.find(({ instruction }) => instruction.startLine !== instruction.endLine);
  return several === undefined
    ? style
    : { ...style, indent: continuationStyle(dockerfile, several.instruction).indent };
}

/** ` && \`, the comments between, and the indentation; or ` \` and `&& ` on the next line. */
function separator(dockerfile: Dockerfile, left: Instruction, right: Instruction, style: ContinuationStyle): string {
  const { text, newline, escape, comments } = dockerfile;
  const between = comments.filter(({ start, end }) => start > left.start && end < right.start && start >= left.end);
  const lines = between.map(({ start, end }) => style.indent + text.slice(start, end).trimEnd() + newline).join('');
  return style.operator === 'end'
    ? ` && ${escape}${newline}${lines}${style.indent}`
    : ` ${escape}${newline}${lines}${style.indent}&& `;
}

export function bodyStart({ body }: Instruction): number {
  return body.sourceStart(0);
}

export function bodyEnd({ body }: Instruction): number {
  return body.sourceEnd(body.text.length);
}
