import { setsErrexit, stateChanges, visibleChange } from './state.js';
import type { Script } from './types.js';

/** How a script is written into a joined one: as it is, or in `{ …; }`. */
export type JoinForm = 'bare' | 'group';

/**
 * How scripts of separate RUNs are joined into one `&&` chain that does the same, for every choice of the failing command; a
 * string says why they can't be.
 * @param exported true for a variable of the environment
 */
export function joinForms(
  scripts: readonly Script[],
  exported: (name: string) => boolean,
): readonly JoinForm[] | string {
  for (const [index, script] of scripts.entries()) {
    const last = index === scripts.length - 1;
    const reason = unfit(script, last);
    if (reason !== undefined) return reason;
    const changes = stateChanges(script);
    for (const right of scripts.slice(index + 1)) {
      const seen = visibleChange(changes, right, exported);
      if (seen !== undefined) return seen;
    }
  }
  return scripts.map(formOf);
}

/** The joined script; a stand-in for the edit that a transform makes, for tests and previews. */
export function joinTexts(scripts: readonly Script[], forms: readonly JoinForm[]): string {
  const texts = scripts.map(({ text }, index) => {
    const trimmed = text.trim();
    return forms[index] === 'group' ? `{ ${trimmed.replace(/;$/, '')}; }` : trimmed;
  });
  return texts.join(' && ');
}

/** A plain `&&` list stands bare; anything with `;`, a newline or `||` needs a group. */
function formOf(script: Script): JoinForm {
  const [statement, ...others] = script.statements;
  const plain = others.length === 0 && statement?.operators.every((operator) => operator === '&&') === true;
  return plain && script.text.slice(statement.end).trim() === '' ? 'bare' : 'group';
}

function unfit(script: Script, last: boolean): string | undefined {
  const [final] = script.statements.slice(-1);
  if (script.error !== undefined) return `the shell script can't be read: ${script.error}`;
  if (final === undefined) return 'there is no command in it';
  if (!/^\s*;?\s*$/.test(script.text.slice(final.end))) return 'a comment ends it';
  if (
    script.statements.some(({ background }) => background) ||
    script.commands.some(({ within }) => within.includes('background'))
  )
    return 'it runs something in the background';
  if (/<<(?!<)/.test(script.text)) return 'it has a heredoc of its own';
  return last ? undefined : errexitProblem(script);
}

/**
 * On the left of `&&` the shell ignores `set -e`. That changes nothing for a plain list of simple commands, which its first
 * failure ends anyway.
 */
function errexitProblem(script: Script): string | undefined {
  if (!stateChanges(script).some(setsErrexit)) return undefined;
  const nested = script.commands.some(({ within }) =>
    within.some((kind) => kind !== 'pipeline' && kind !== 'substitution' && kind !== 'negation'),
  );
  return formOf(script) === 'bare' && !nested ? undefined : 'set -e would no longer end it at the first failure';
}
