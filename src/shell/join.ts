import { ignoresErrexit, isPlainList } from './options.js';
import { setsErrexit, stateChanges, visibleChange } from './state.js';
import type { Script } from './types.js';

/** How a script is written into a joined one: as it is, or in `{ …; }`. */
export type JoinForm = 'bare' | 'group';

/**
 * How scripts of separate RUNs are joined into one `&&` chain that does the same, for every choice of the failing command; a
 * string says why they can't be.
 * @param exported true for a variable of the environment
 * @param errexit true when the shell starts with -e, as `SHELL ["/bin/bash", "-e", "-c"]` makes it
 */
export function joinForms(
  scripts: readonly Script[],
  exported: (name: string) => boolean,
  errexit = false,
): readonly JoinForm[] | string {
  for (const [index, script] of scripts.entries()) {
    const last = index === scripts.length - 1;
    const reason = unfit(script) ?? (last ? undefined : errexitProblem(script, errexit));
    if (reason !== undefined) return reason;
    const changes = last ? [] : stateChanges(script);
    for (const right of changes.length === 0 ? [] : scripts.slice(index + 1)) {
      const seen = visibleChange(changes, right, exported);
      if (seen !== undefined) return seen;
    }
  }
  return scripts.map((script) => (isPlainList(script) ? 'bare' : 'group'));
}

/** The joined script; a stand-in for the edit that a transform makes, for tests and previews. */
export function joinTexts(scripts: readonly Script[], forms: readonly JoinForm[]): string {
  const texts = scripts.map(({ text }, index) => {
    const trimmed = text.trim();
    return forms[index] === 'group' ? `{ ${trimmed.replace(/;$/, '')}; }` : trimmed;
  });
  return texts.join(' && ');
}

function unfit(script: Script): string | undefined {
  const [final] = script.statements.slice(-1);
  if (script.error !== undefined) return `the shell script can't be read: ${script.error}`;
  if (final === undefined) return 'there is no command in it';
  if (!/^\s*;?\s*$/.test(script.text.slice(final.end))) return 'a comment ends it';
  if (/\\\s*$/.test(script.text)) return 'a backslash ends it';
  if (
    script.statements.some(({ background }) => background) ||
    script.commands.some(({ within }) => within.includes('background')) ||
    script.compounds.some(({ kind }) => kind === 'coprocess')
  )
    return 'it runs something in the background';
  return /<<(?!<)/.test(script.text) ? 'it has a heredoc of its own' : undefined;
}

/**
 * On the left of `&&` the shell ignores `set -e`. That changes nothing for a plain list of simple commands, which its first
 * failure ends anyway.
 */
function errexitProblem(script: Script, errexit: boolean): string | undefined {
  if (!errexit && !setsErrexit(script)) return undefined;
  return ignoresErrexit(script) ? undefined : 'set -e would no longer end it at the first failure';
}
