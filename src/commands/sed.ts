/** What the scripts of GNU sed run: its command `e` runs a command, the flag `e` of `s` what it made of a line. */

/** A command that a sed script runs; undefined where only its input gives it. */
export type SedRun = string | undefined;

/** What a script runs; undefined for one that can't be read. */
export function runsOfSed(script: string): readonly SedRun[] | undefined {
  // A delimiter in a bracket expression ends the pattern for releases before 4.9.
  return readSed(script, true) ?? readSed(script, false);
}

const ADDRESS = /(?:\d+|\$|[+~]\d+)(?:~\d+)?/y;
const ALONE = /[{}=dDgGhHnNpPxzF]/y;
const NUMBERED = /[lLqQ]\s*\d*/y;
const LABELLED = /[:btT][^;\n}]*/y;
/** Up to the end of the line. */
const TO_THE_END = /[#rRwWv][^\n]*/y;
/** Further lines of the text follow a backslash. */
const TEXT = /[aic](?:\\[\s\S]|[^\\\n])*/y;
const FLAGS = /[gpIiMm\d]*(e?)[gpIiMme\d]*(?:w[^\n]*)?/y;

function readSed(script: string, brackets: boolean): readonly SedRun[] | undefined {
  const runs: SedRun[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(script);
    if (found !== null) at += found[0].length;
    return found;
  };
  while (at < script.length) {
    if (take(/[\s;,!]+/y) ?? take(ADDRESS) ?? take(ALONE) ?? take(NUMBERED) ?? take(LABELLED) ?? take(TO_THE_END))
      continue;
    if (take(TEXT)) continue;
    const run = take(/e[^\S\n]*([^\n]*)/y);
    const substitution = run === null ? take(/[sy]/y) : null;
    if (run !== null) runs.push(run[1] === '' ? undefined : run[1]);
    else if (substitution === null) at = afterAddress(script, at, brackets);
    else {
      const delimiter = script[at] ?? '';
      const middle = partEnd(script, at, delimiter, brackets);
      const end = middle && partEnd(script, middle, delimiter, false);
      at = end && end + 1;
      if (at > 0 && substitution[0] === 's' && take(FLAGS)?.[1] === 'e') runs.push(undefined);
    }
    if (at <= 0) return undefined;
  }
  return runs;
}

/** Behind `/pattern/` or `\%pattern%` with its flags; 0 where none begins. */
function afterAddress(script: string, at: number, brackets: boolean): number {
  const start = script[at] === '\\' ? at + 1 : at;
  if (start === at && script[at] !== '/') return 0;
  const end = partEnd(script, start, script[start] ?? '', brackets);
  return end <= 0 ? 0 : end + 1 + (/^[IM]*/.exec(script.slice(end + 1))?.[0].length ?? 0);
}

/** The delimiter that ends the part which begins behind the one at `from`; 0 where none does. */
function partEnd(script: string, from: number, delimiter: string, brackets: boolean): number {
  let bracket = false;
  for (let at = from + 1; at < script.length; at++) {
    const char = script[at];
    if (char === '\\') at++;
    else if (bracket) bracket = char !== ']';
    else if (char === delimiter) return at;
    else bracket = brackets && char === '[';
  }
  return 0;
}
