/** What one command does with the apt lists. */
import type { Command, Script, ShellWord } from '../../shell/types.js';
import { hasOption, readArguments } from '../arguments.js';
import { cachesEmptied, isCacheCleanup } from '../caches.js';
import { calledBy, readsInput, type Called } from '../called.js';
import { isIn } from '../catalogue/index.js';
import { packageAction, type PackageAction } from '../packages.js';
import { programOf, type Program } from '../program.js';
import { setsVariables } from '../environment-files.js';
import { useOfFile } from './files.js';
import { useOfInput } from './input.js';
import { useOfTool } from './tools.js';
import { reads, unread, type AptUse, type Reading } from './use.js';
import { fill, quoted, valueIn } from './words.js';

export function useOfCommand(script: Script, command: Command, reading: Reading): AptUse | undefined {
  if (looksIntoLists(command)) return reads(reading);
  if (command.name === undefined) return undefined;
  const action = packageAction(command);
  if (action?.manager === 'apt') {
    const use = useOfApt(action);
    return use && { use, by: reading.by };
  }
  const program = programOf(command);
  const words = [command.name, ...command.args];
  if (program === undefined || (runsWords(program) && words.some(({ value }) => value === undefined))) {
    const text = script.text.slice(command.name.start, command.end);
    const filled = withValues(text, reading, program === undefined);
    if (filled !== text) return reading.run(filled, { ...reading.scene, args: [] });
  }
  return program === undefined ? unread(reading) : useOfProgram(script, command, program, reading);
}

/** What its words give decides on what it runs. */
function runsWords({ row }: Program): boolean {
  return row?.calls !== undefined || isIn(row, 'shell');
}

/**
 * With the values of variables in place, as far as they are known: `"$@"`, too. The script itself, `"$0"`, is being read already.
 * @param unnamed which program it is, they decide: one in a folder that is not known is told by its name alone
 */
function withValues(text: string, { scene }: Reading, unnamed: boolean): string {
  const given = text
    .replace(/"\$(?:[@*]|\{[@*]\})"|\$(?:[@*]|\{[@*]\})/g, () => quoted(scene.args))
    .replace(/"\$0"|\$0\b/g, 'true')
    .replace(/(^|\s)~\//g, '$1/root/');
  const filled = fill(given, scene);
  return unnamed ? filled.replace(/"?\$\{?[A-Z_]+\}?((?:\/[\w.-]+)+)"?(?=\s|$)/, '$1') : filled;
}

/** What a command of apt's own does with the lists: no script and no file decides that. Undefined for other commands, too. */
export function plainUse(command: Command): 'update' | 'read' | undefined {
  const action = packageAction(command);
  if (action?.manager !== 'apt') return undefined;
  return looksIntoLists(command) ? 'read' : useOfApt(action);
}

/** Subcommands that only report on the program itself. */
const ABOUT_ITSELF = new Set(['moo', 'help', 'edit-sources']);

function useOfApt(action: PackageAction): 'update' | 'read' | undefined {
  const { kind, subcommand, flags } = action;
  if (kind === 'remove' || kind === 'clean') return undefined;
  if (kind !== 'update') return subcommand === undefined || ABOUT_ITSELF.has(subcommand.text) ? undefined : 'read';
  // Of one source alone, or a rehearsal: the other lists stay as they were.
  const part = action.options('-o', '--option').some((value) => /^(?:Root)?Dir\b|List-Cleanup/i.test(value));
  const rehearsal = flags.some((flag) => /^(?:-s|--print-uris|--simulate|--dry-run|--no-download)$/.test(flag));
  return part || rehearsal ? undefined : 'update';
}

function useOfProgram(script: Script, command: Command, program: Program, reading: Reading): AptUse | undefined {
  const { row, name, args, word } = program;
  if (reading.functions.has(name)) return undefined;
  if (isIn(row, 'reads-apt-lists') || args.some(({ text }) => row?.readsLists?.includes(text))) return reads(reading);
  if (word.text.includes('/') || row === undefined || reading.scene.command(name) !== undefined) {
    const words = args.map(({ value, text }) => value ?? text);
    const found = useOfFile({ path: word.value ?? name, args: words, isProgram: true }, reading);
    if (found !== 'none') return found;
  }
  for (const called of calledBy(program)) {
    const found = useOfCalled(called, script, command, reading);
    if (found !== undefined && !(found.use === 'update' && row?.calls?.elsewhere === true)) return found;
  }
  return useOfTool(program, reading);
}

function useOfCalled(called: Called, script: Script, command: Command, reading: Reading): AptUse | undefined {
  if (called.kind === 'input') return readsInput(command) ? useOfInput(script, command, reading) : undefined;
  if (called.kind === 'unread') return unread(reading);
  if (called.kind !== 'file') return reading.run(fill(called.text, reading.scene));
  const path = valueIn(called.path, reading.scene);
  const args = called.args.map(({ value, text }) => value ?? text);
  const found = path === undefined ? 'none' : useOfFile({ path, args }, reading);
  if (found !== 'none') return found;
  return setsVariables(called.path.text.replace(/["']/g, '')) ? undefined : unread(reading);
}

/** Below the folder of the lists, these are none of them. */
const LISTS = /\/var\/lib\/apt(?!\/(?:keyrings|periodic|extended_states|daily_lock))/;

/** Folders that hold the lists, among much else: a copy or an archive of them has the lists in it. */
const AROUND = /^["']?\/(?:var(?:\/lib)?)?\/?\*?["']?$/;

/** A path of the lists is among its words; taking them away, or making or naming their folder, does not look into them. */
function looksIntoLists(command: Command): boolean {
  const words = [...command.args.map(({ text }) => text), ...command.redirections.map(({ target }) => target ?? '')];
  const program = programOf(command);
  const row = program?.row;
  if (program !== undefined && copiedFrom(program).some(({ text }) => AROUND.test(text))) return true;
  if (!words.some((text) => LISTS.test(text))) return false;
  if (isCacheCleanup(command) || cachesEmptied(command).includes('apt-lists')) return false;
  return !isIn(row, 'prints') && !(row?.paths?.keeps === true && row.paths.leading === undefined);
}

/** What it copies or packs: not where it puts that, nor where it unpacks. */
function copiedFrom({ name, args, row }: Program): readonly ShellWord[] {
  if (!isIn(row, 'copies')) return [];
  if (name === 'tar') return args.some(({ text }) => /^(?:-?[A-Za-bd-z]*x|--extract|--get)/.test(text)) ? [] : args;
  const given = readArguments(args, row);
  return hasOption(given, '-t', '--target-directory') ? given.operands : given.operands.slice(0, -1);
}
