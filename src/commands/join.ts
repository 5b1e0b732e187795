import { lostDirectory } from './directory-loss.js';
import { isPlainList } from '../shell/command-list.js';
import { ignoresErrexit } from '../shell/options.js';
import { setsErrexit, stateChanges, visibleChange, type StateChange } from './shell-state.js';
import type { Script } from '../shell/types.js';
import { refuse, type Refusal } from '../refusal.js';

/** How a script is written into a joined one: as it is, or in `{ …; }`. */
export type JoinForm = 'bare' | 'group';

/** What a joined script depends on besides its parts. */
export interface JoinShell {
  /** True for a variable of the environment; undefined where that is not known. */
  readonly exported: (name: string) => boolean | undefined;
  /** The shell starts with -e, as `SHELL ["/bin/bash", "-e", "-c"]` makes it. */
  readonly errexit: boolean;
  /** The directory that each RUN starts in; undefined where it is not known. */
  readonly directory: string | undefined;
}

/** Scripts that are joined so far, one after the other. */
export interface Join {
  readonly scripts: Script[];
  /** What they leave in the shell, each thing once. */
  readonly changes: Map<string, StateChange>;
}

export function startJoin(script: Script): Join {
  return { scripts: [script], changes: new Map() };
}

/** Joins one more script, or says why it can't be. The cost does not grow with the join. */
export function extendJoin(join: Join, next: Script, shell: JoinShell): Refusal | undefined {
  const { exported, errexit, directory } = shell;
  const last = join.scripts.at(-1) ?? next;
  const refusal = unfit(last, 'first') ?? unfit(next, 'second') ?? errexitProblem(last, errexit);
  if (refusal !== undefined) return refusal;
  const lost = lostDirectory(last, directory);
  if (lost !== undefined) return lost;
  for (const change of stateChanges(last)) join.changes.set(`${change.kind} ${change.name}`, change);
  const seen = visibleChange([...join.changes.values()], next, exported);
  if (seen === undefined) join.scripts.push(next);
  return seen;
}

export function formOf(script: Script): JoinForm {
  return isPlainList(script) ? 'bare' : 'group';
}

function unfit(script: Script, which: string): Refusal | undefined {
  const [final] = script.statements.slice(-1);
  if (script.error !== undefined) return unjoinable(`the ${which} script can't be read: ${script.error}`);
  if (final === undefined) return unjoinable(`there is no command in the ${which} one`);
  if (!/^\s*(?:;\s*)?$/.test(script.text.slice(final.end))) return unjoinable(`a comment ends the ${which} one`);
  if (/\\\s*$/.test(script.text)) return unjoinable(`a backslash ends the ${which} one`);
  if (
    script.statements.some(({ background }) => background) ||
    script.commands.some(({ within }) => within.includes('background')) ||
    script.compounds.some(({ kind }) => kind === 'coprocess')
  )
    return unjoinable(`the ${which} one runs something in the background`);
  return /<<(?!<)/.test(script.text) ? unjoinable(`the ${which} one has a heredoc of its own`) : undefined;
}

function unjoinable(reason: string): Refusal {
  return refuse('not-joinable', reason);
}

/**
 * On the left of `&&` the shell ignores `set -e`. That changes nothing for a plain list of simple commands, which its first
 * failure ends anyway.
 */
function errexitProblem(script: Script, errexit: boolean): Refusal | undefined {
  if (!errexit && !setsErrexit(script)) return undefined;
  return ignoresErrexit(script)
    ? undefined
    : refuse('errexit', 'set -e would no longer end the first one at its first failure');
}
