/** What a shell does with the script that is piped into it: `curl -fsSL https://… | bash -`, `echo 'make all' | sh`. */
import type { Command, Script } from '../../shell/types.js';
import { valueOf } from '../arguments.js';
import { isIn } from '../catalogue/index.js';
import { programOf } from '../program.js';
import { isAptFreeScript, isAptSetupScript } from '../setup-scripts.js';
import { unread, type AptUse, type Reading } from './use.js';

export function useOfInput(script: Script, shell: Command, reading: Reading): AptUse | undefined {
  const source = script.commands[script.commands.indexOf(shell) - 1];
  if (source === undefined || !/^\s*\|&?\s*$/.test(script.text.slice(source.end, shell.start))) return unread(reading);
  const program = programOf(source);
  const words = program?.args.map(valueOf) ?? [];
  if (isIn(program?.row, 'fetch')) return useOfDownload(words, reading);
  const prints = isIn(program?.row, 'feeds') && isIn(program?.row, 'adds-no-file');
  return prints ? reading.run(words.join(' ')) : unread(reading);
}

/** Of a script by where it comes from. */
function useOfDownload(words: readonly string[], reading: Reading): AptUse | undefined {
  const urls = words.map((word) => word.replace(/["']/g, '')).filter((word) => /^https?:\/\//.test(word));
  if (urls.some(isAptSetupScript)) return { use: 'update', by: reading.by };
  if (urls.length > 0 && urls.every(isAptFreeScript)) return undefined;
  return urls[0] === undefined ? unread(reading) : { use: 'unread', by: `the script ${urls[0]}` };
}
