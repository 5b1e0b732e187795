import { continuationStyle, placesOperators, type ContinuationStyle } from '../dockerfile/style.js';
import type { Dockerfile, Edit, Instruction } from '../dockerfile/types.js';
import { replace } from '../dockerfile/edit.js';
import { rangesBetween } from '../dockerfile/layout.js';
import { hasPosixShell } from '../image/platform.js';
import type { Config } from '../image/types.js';
import { isRefusal, refuse, type Refusal } from '../refusal.js';
import { runScript } from '../shell/run.js';
import { extendJoin, formOf, startJoin, type Join, type JoinForm, type JoinShell } from '../commands/join.js';
import { startsWithErrexit } from '../shell/options.js';
import type { Script } from '../shell/types.js';

/** A RUN that can stand in a chain: shell form under a POSIX shell, no heredoc. */
export interface ChainLink {
  readonly instruction: Instruction;
  readonly script: Script;
}

/** The link of a RUN, or why it can't be joined to another. */
export function chainLink(dockerfile: Dockerfile, instruction: Instruction, config: Config): ChainLink | Refusal {
  if (!hasPosixShell(config)) return unjoinable('SHELL names a shell that joins commands differently');
  if (instruction.heredocs.length > 0) return unjoinable('it is written as a heredoc');
  if (instruction.json !== undefined) return unjoinable('it is in exec form, without a shell');
  const found = runScript(dockerfile, instruction);
  return isRefusal(found) ? unjoinable(found.reason) : { instruction, script: found.script };
}

function unjoinable(reason: string): Refusal {
  return refuse('not-joinable', reason);
}

/** RUNs that are joined so far. */
export interface RunChain {
  readonly links: ChainLink[];
  readonly join: Join;
}

export function startChain(link: ChainLink): RunChain {
  return { links: [link], join: startJoin(link.script) };
}

/** Takes one more RUN into the chain, or says why it can't be. */
export function extendChain({ links, join }: RunChain, next: ChainLink, config: Config): Refusal | undefined {
  const refusal =
    flagsOf(links[0]) === flagsOf(next)
      ? extendJoin(join, next.script, shellOf(config))
      : refuse('flags-differ', 'their flags differ');
  if (refusal === undefined) links.push(next);
  return refusal;
}

export function chainForms({ links }: RunChain): readonly JoinForm[] {
  return links.map(({ script }) => formOf(script));
}

function flagsOf(link: ChainLink | undefined): string {
  return JSON.stringify(link?.instruction.flags.map(({ name, value }) => [name, value]).sort());
}

function shellOf(config: Config): JoinShell {
  return {
    exported: (name) => config.variables.has(name) || SHELL_ENVIRONMENT.test(name),
    errexit: startsWithErrexit(config.shell),
  };
}

/** Variables that are in the environment of every shell or that change how it reads words. */
const SHELL_ENVIRONMENT = /^(?:PATH|HOME|IFS|USER|LANG|LC_\w+|PWD|SHELL|TERM|TMPDIR|LD_\w+)$/;

/**
 * Joins the links into one RUN in the file's own style. What stands between them is comments and blank lines: the comments
 * stay, inside the continued instruction; blank lines go.
 */
export function chainEdits(dockerfile: Dockerfile, chain: RunChain): readonly Edit[] {
  const { links } = chain;
  const forms = chainForms(chain);
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
  const spoken = links.find(({ instruction }) => placesOperators(dockerfile, instruction));
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
  const between = rangesBetween(comments, left.end, right.start);
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
