import { describe, expect, it } from 'vitest';
import { setsErrexit, stateChanges, turnsErrexitOff, visibleChange } from '../../src/commands/shell-state.js';
import { parseScript } from '../../src/shell/parse.js';

/** `KIND NAME` of each change. */
function changesOf(text: string): string[] {
  return stateChanges(parseScript(text)).map(({ kind, name }) => `${kind} ${name}`);
}

describe('what a script leaves in its shell', () => {
  it.each<[string, ...string[]]>([
    ['V=1', 'variable V'],
    ['V=1 make'],
    ['V=1 export W=2', 'variable V', 'environment W'],
    ['V=1 printf -v W x', 'variable W'],
    ['V=1 command make'],
    ['V=1 command -v make'],
    ['command -v cd'],
    ['command'],
    ['V=1 command'],
    ['command -p cd /x', 'directory cd'],
    ['builtin cd /x', 'directory cd'],
    ['echo ${V:=1} ${W=2} ${X:-3}', 'variable V', 'variable W'],
    ['read', 'variable REPLY'],
    ['read -r', 'variable REPLY'],
    ['read -r V W', 'variable V', 'variable W'],
    ['read V', 'variable V'],
    ['printf %s x'],
    ['printf -v V %s x', 'variable V'],
    ['unset -v V', 'environment V'],
    ['export V+=1 W', 'environment V', 'environment W'],
    ['set'],
    ['set -ex', 'option -ex'],
    ['set -o pipefail', 'option -o pipefail'],
    ['exec'],
    ['exec > /log', 'exit exec'],
    ['exec make', 'exit exec'],
    ['exec make > /log', 'exit exec'],
    ['exit', 'exit exit'],
    ['exit 0', 'exit exit'],
    ['exit 1'],
    ['exit 255'],
    ['exit 256', 'exit exit'],
    ['exit 1 2', 'exit exit'],
    ['exit $?', 'exit exit'],
    ['return 1', 'exit return'],
    ['umask 077', 'other umask'],
    ['trap - EXIT', 'other trap'],
    [':'],
    ['$PROGRAM x', 'other what $PROGRAM stands for'],
    ['$PREFIX/bin/make'],
    ['echo $((V += 1))', 'other an arithmetic assignment'],
    ['echo $((V++))', 'other an arithmetic assignment'],
    ['echo $((V == 1)) $((V <= 1)) $((V + 1))'],
    ['echo $(( (V = 1) ))', 'other an arithmetic assignment'],
    ['echo $(( ((1 + 2)) + (V = 3) ))', 'other an arithmetic assignment'],
    ['echo $(( ((1 + 2)) + (V + 3) )); V=1 make'],
    ['echo $[V = 1]', 'other an arithmetic assignment'],
    ['echo ${LIST[V++]}', 'other an arithmetic assignment'],
    ['echo ${NAME:V++}', 'other an arithmetic assignment'],
    ['echo $[V + 1] ${LIST[V + 1]} ${NAME:V + 1} ${NAME:-V=1}'],
    ['for V in a b; do make; done', 'variable V'],
    ['while make; do sleep 1; done'],
    ['if V=1; then make; fi', 'variable V'],
    ['f() { make; }', 'other a function'],
    ['((V = 1))', 'other an arithmetic assignment'],
    ['(cd /x; V=1; for W in a; do make; done; f() { make; })'],
    ['echo $(cd /x; V=1)'],
    ['cd /x | tee /log'],
    ['service x start', 'lasting what service starts'],
    ['rm -f /dev/null', 'lasting /dev/null'],
    ['ln -sf /log /dev/stdout', 'lasting /dev/stdout'],
    ['chmod 666 /dev/stderr', 'lasting /dev/stderr'],
    ['ln -sf /dev/stdout /log && cat /dev/null > /log && make 2> /dev/null'],
  ])('%s', (text, ...changes) => {
    expect(changesOf(text)).toEqual(changes);
  });
});

describe('a change that another script could see', () => {
  const seen = (left: string, right: string): boolean =>
    visibleChange(stateChanges(parseScript(left)), parseScript(right), (name) => name === 'EXPORTED') !== undefined;

  it.each([
    ['V=1', 'echo $V'],
    ['V=1', 'echo ${V%x}'],
    ['V=1', 'echo ${!NAME}'],
    ['V=1', '. ./settings'],
    ['V=1', 'source ./settings'],
    ['V=1', 'eval "$TEXT"'],
    ['EXPORTED=1', 'make'],
    ['PATH=/x', 'make'],
    ['LC_ALL=C', 'make'],
    ['export V=1', 'make'],
    ['cd /x', 'make'],
    ['set -f', 'make *'],
    ['exit 0', 'make'],
    ['trap true EXIT', 'make'],
    ['service x start', 'make'],
    ['V=1', 'make && . ./settings'],
  ])('%s, %s', (left, right) => {
    expect(seen(left, right)).toBe(true);
  });

  it.each([
    ['V=1', 'echo $W $V_2'],
    ['V=1', 'make'],
    ['cd /x', 'mkdir -p /y'],
    ['cd /x', 'rm -rf /cd'],
    ['set -x', 'make'],
    ['exit 1', 'make'],
    ['make', 'make'],
  ])('but not %s, %s', (left, right) => {
    expect(seen(left, right)).toBe(false);
  });
});

describe('set -e', () => {
  it.each([
    ['set -e', true, false],
    ['set -eux; make', true, false],
    ['set -o errexit', true, false],
    ['make && set -e', true, false],
    ['command set -e', true, false],
    ['set -x', false, false],
    ['set "$OPTIONS"', true, true],
    // On the safe side: where it is turned off it may have been on, and words that are not all known may hold it.
    ['set +e', true, true],
    ['set +e; set -x', true, true],
    ['set -- a b', true, false],
    ['echo set -e', false, false],
  ])('%s', (text, sets, turnsOff) => {
    const script = parseScript(text);
    expect([setsErrexit(script), turnsErrexitOff(script)]).toEqual([sets, turnsOff]);
  });
});
