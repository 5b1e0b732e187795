import type { Command, ShellWord } from './types.js';

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

/** Wrappers, with the options of theirs that take a value. */
const WRAPPERS: Readonly<Record<string, readonly string[]>> = {
  sudo: ['-u', '-g', '-h', '-p', '-C', '-r', '-t'],
  env: ['-u', '-C', '-S'],
  exec: ['-a'],
  command: [],
  time: [],
  nice: ['-n'],
  nohup: [],
  timeout: ['-s', '-k'],
  chronic: [],
  eatmydata: [],
};

/** Undefined for a lone assignment or redirection, or where the name is not known before the script runs. */
export function programOf(command: Command): Program | undefined {
  let words: readonly ShellWord[] = command.name === undefined ? [] : [command.name, ...command.args];
  const wrappers: string[] = [];
  for (;;) {
    const [word, ...rest] = words;
    if (word?.value === undefined) return undefined;
    const name = word.value.slice(word.value.lastIndexOf('/') + 1);
    const valued = WRAPPERS[name];
    if (valued === undefined) return { name, word, args: rest, wrappers };
    wrappers.push(name);
    words = behindWrapper(name, rest, valued);
  }
}

function behindWrapper(name: string, args: readonly ShellWord[], valued: readonly string[]): readonly ShellWord[] {
  let at = 0;
  while (at < args.length) {
    const text = args[at]?.text ?? '';
    if (text.startsWith('-')) at += valued.includes(text) ? 2 : 1;
    else if ((name === 'env' || name === 'sudo') && /^\w+=/.test(text)) at++;
    else break;
  }
  return args.slice(name === 'timeout' ? at + 1 : at);
}
