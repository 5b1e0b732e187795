import { parseScript } from '../shell/parse.js';
import type { Command, Script } from '../shell/types.js';
import { firstUse, type AptUse } from './apt-use.js';
import { isIn } from './catalogue/index.js';
import { programOf } from './program.js';
import type { Scene } from './scene.js';
import { isAptFreeScript, isAptSetupScript } from './setup-scripts.js';

/** What a shell does with the script that is piped into it: `curl -fsSL https://… | bash -`, `echo 'make all' | sh`. */
export function useOfInput(
  script: Script,
  shell: Command,
  scene: Scene,
  depth: number,
  by: string,
): AptUse | undefined {
  const source = script.commands[script.commands.indexOf(shell) - 1];
  const between = source && script.text.slice(source.end, shell.start);
  const program = source && /^\s*\|&?\s*$/.test(between ?? '') ? programOf(source) : undefined;
  if (program === undefined) return { use: 'unread', by };
  if (isIn(program.row, 'fetch'))
    return useOfDownload(
      program.args.map(({ text }) => text),
      by,
    );
  if (program.name !== 'echo' && program.name !== 'printf') return { use: 'unread', by };
  const text = program.args.map(({ value, text: written }) => value ?? written).join(' ');
  return firstUse(parseScript(text), scene, depth + 1);
}

/** Of a script by where it comes from. */
export function useOfDownload(words: readonly string[], by: string): AptUse | undefined {
  const urls = words.map((word) => word.replace(/["']/g, '')).filter((word) => /^https?:\/\//.test(word));
  if (urls.some(isAptSetupScript)) return { use: 'update', by };
  return urls.length > 0 && urls.every(isAptFreeScript)
    ? undefined
    : { use: 'unread', by: urls[0] === undefined ? by : `the script ${urls[0]}` };
}
