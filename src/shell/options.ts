import { isPlainList } from './command-list.js';
import type { Script } from './types.js';

/** Options that `set` turns on or off, one letter each; undefined where the words are not all known. */
export function setOptions(words: readonly string[]): ReadonlySet<string> | undefined {
  const found = new Set<string>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!/^[-+][a-zA-Z]+$/.test(word)) return undefined;
    for (const letter of word.slice(1)) {
      const long = letter === 'o' ? LONG[words[++at] ?? ''] : letter;
      if (long === undefined) return undefined;
      found.add(long);
    }
  }
  return found;
}

const LONG: Readonly<Record<string, string>> = {
  errexit: 'e',
  xtrace: 'x',
  verbose: 'v',
  nounset: 'u',
  noglob: 'f',
  pipefail: 'p',
};

/** True for a SHELL that starts with -e: `["/bin/bash", "-eo", "pipefail", "-c"]`. */
export function startsWithErrexit(shell: readonly string[] | undefined): boolean {
  return (shell ?? []).slice(1).some((word) => /^-[a-zA-Z]*e/.test(word) || word === 'errexit');
}

/** True when `set -e` can make no difference anywhere in it: no compound command and no substitution of several commands. */
export function ignoresErrexit(script: Script): boolean {
  return (
    isPlainList(script) &&
    script.compounds.length === 0 &&
    script.commands.every(({ within }) => within.every((kind) => kind === 'pipeline' || kind === 'negation'))
  );
}

/** True for a SHELL that exports whatever is set: `["/bin/bash", "-ac"]`. */
export function startsWithAllexport(shell: readonly string[] | undefined): boolean {
  return (shell ?? []).slice(1).some((word) => /^-[a-zA-Z]*a/.test(word) || word === 'allexport');
}

const INDIFFERENT: Readonly<Record<string, (script: Script) => boolean>> = {
  e: ignoresErrexit,
  x: keepsTraceApart,
  v: keepsTraceApart,
  u: ({ text }) => !text.includes('$') && !text.includes('`'),
  f: ({ text }) => !/[*?[]/.test(text),
  p: ({ commands }) => !commands.some(({ within }) => within.includes('pipeline')),
};

/** True when a script does the same with these options and without them. */
export function ignoresOptions(script: Script, words: readonly string[]): boolean {
  const options = setOptions(words);
  if (/\$\{?-|SHELLOPTS|\$BASHOPTS/.test(script.text)) return false;
  return options !== undefined && [...options].every((option) => INDIFFERENT[option]?.(script) === true);
}

/** What `set -x` prints goes to the log alone, not into a file or a pipe of the script. */
function keepsTraceApart({ compounds, text }: Script): boolean {
  return compounds.every(({ redirections }) => redirections.length === 0) && !/2>&1|&>|\|&/.test(text);
}
