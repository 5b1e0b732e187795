import { baseName } from '../paths.js';
import { memoize } from '../memoize.js';
import type { Command, ShellWord } from '../shell/types.js';

/** What a simple command really runs, behind `sudo`, `env A=b`, `exec` and the like. */
export interface Program {
  /** Without its folder: `apt-get` for `/usr/bin/apt-get`. */
  readonly name: string;
  /** The name as written. */
  readonly word: ShellWord;
  readonly args: readonly ShellWord[];
  /** The wrappers in front, outermost first. */
  readonly wrappers: readonly string[];
}

interface Wrapper {
  /** Options of its own whose value is a word of its own. */
  readonly valued?: readonly string[];
  /** Operands of its own in front of the command: a user, a duration. */
  readonly operands?: number;
  /** Takes `NAME=value` in front of the command. */
  readonly assigns?: boolean;
  /** With these it only asks and runs nothing. */
  readonly asks?: readonly string[];
}

const SUDO: Wrapper = {
  valued: ['-u', '-g', '-h', '-p', '-C', '-D', '-R', '-r', '-t', '-T', '--user', '--group', '--chdir', '--prompt'],
  assigns: true,
  asks: ['-l', '-v', '-V', '-k', '-K', '-e', '--list', '--validate', '--version', '--edit'],
};
const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  sudo: SUDO,
  doas: { valued: ['-u', '-C'] },
  env: { valued: ['-u', '-C', '--unset', '--chdir'], assigns: true, asks: ['-S', '--split-string'] },
  exec: { valued: ['-a'] },
  command: { asks: ['-v', '-V'] },
  builtin: {},
  time: { valued: ['-f', '-o', '--format', '--output'] },
  nice: { valued: ['-n', '--adjustment'] },
  ionice: { valued: ['-c', '-n', '--class', '--classdata'] },
  nohup: {},
  setsid: {},
  stdbuf: { valued: ['-i', '-o', '-e'] },
  timeout: { valued: ['-s', '-k', '--signal', '--kill-after'], operands: 1 },
  gosu: { operands: 1 },
  'su-exec': { operands: 1 },
  fakeroot: {},
  chronic: {},
  eatmydata: {},
};

/** Undefined for a lone assignment or redirection, or where the name is not known before the script runs. */
export const programOf = memoize((command: Command): Program | undefined => {
  let words: readonly ShellWord[] = command.name === undefined ? [] : [command.name, ...command.args];
  const wrappers: string[] = [];
  for (;;) {
    const [word, ...rest] = words;
    if (word?.value === undefined) return undefined;
    const name = baseName(word.value);
    const wrapper = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
    const behind = wrapper && behindWrapper(rest, wrapper);
    if (behind === undefined) return { name, word, args: rest, wrappers };
    wrappers.push(name);
    words = behind;
  }
});

/** The command that a wrapper runs; undefined when it runs none, so that the wrapper is the program itself. */
function behindWrapper(
  args: readonly ShellWord[],
  { valued = [], operands = 0, assigns, asks = [] }: Wrapper,
): readonly ShellWord[] | undefined {
  let at = 0;
  while (at < args.length) {
    const text = args[at]?.text ?? '';
    if (asks.includes(text)) return undefined;
    if (text === '--') {
      at++;
      break;
    }
    if (text.startsWith('-')) at += valued.includes(text) ? 2 : 1;
    else if (assigns === true && /^\w+=/.test(text)) at++;
    else break;
  }
  const behind = args.slice(at + operands);
  return behind.length === 0 ? undefined : behind;
}
