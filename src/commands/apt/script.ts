/** What a script does with the apt lists of its image: read as far as it can be, and what can't be read is named. */
import { memoize } from '../../memoize.js';
import { imagePath } from '../../paths.js';
import { parseScript } from '../../shell/parse.js';
import type { Command, Script } from '../../shell/types.js';
import { programOf } from '../program.js';
import { short } from '../short.js';
import { useOfCommand } from './command.js';
import type { Scene } from './scene.js';
import type { AptUse } from './use.js';
import { valueIn } from './words.js';

/** Scripts that call scripts; one that calls itself ends here, too. */
const DEEPEST = 8;

/** What a script does first with the apt lists: undefined where it is proven to leave them alone. */
export function firstUse(script: Script, scene: Scene): AptUse | undefined {
  return firstUses(scene)(script);
}

const firstUses = memoize((scene: Scene) => memoize((script: Script) => firstUseIn(script, scene, 0)));

function firstUseIn(script: Script, scene: Scene, depth: number): AptUse | undefined {
  if (script.error !== undefined || depth > DEEPEST) return { use: 'unread', by: short(script.text) };
  const updates: Command[] = [];
  for (const [command, found] of usesOf(script, scene, depth)) {
    if (found.use !== 'update') {
      if (!updates.some((update) => precedes(script, update, command))) return found;
    } else if (isCertain(script, command)) return found;
    else updates.push(command);
  }
  return undefined;
}

/** The commands of a script that do something with the lists, or may do so, in the order of the text. */
export function usesIn(script: Script, scene: Scene): ReadonlyMap<Command, AptUse> {
  return new Map(usesOf(script, scene, 0));
}

/** Something in the script installs from the apt lists or looks into them, or may do so. */
export function usesLists(script: Script, scene: Scene): boolean {
  for (const [, { use }] of usesOf(script, scene, 0)) if (use !== 'update') return true;
  return false;
}

/** The commands that do something with the lists, or may do so. */
function* usesOf(script: Script, scene: Scene, depth: number): Iterable<[Command, AptUse]> {
  const inner = innerScene(script, scene);
  const functions = new Set(script.compounds.flatMap(({ kind, name }) => (kind === 'function' ? [name ?? ''] : [])));
  const run = (text: string, other: Scene = inner): AptUse | undefined =>
    firstUseIn(parseScript(text), other, depth + 1);
  for (const command of script.commands) {
    const by = short(script.text.slice(command.start, command.end));
    const found = useOfCommand(script, command, { scene: inner, by, functions, run });
    if (found !== undefined) yield [command, found];
  }
}

const RUNS_ALWAYS = new Set<Command['within'][number]>(['group', 'negation', 'subshell', 'pipeline']);

/** It runs whenever the script does, unless the script fails. */
function isCertain(script: Script, command: Command): boolean {
  const statement = script.statements[command.statement];
  const member = statement?.members.findIndex(({ start, end }) => start <= command.start && command.end <= end) ?? -1;
  const before = statement?.operators.slice(0, Math.max(0, member)) ?? [];
  const isLast = command.statement === script.statements.length - 1;
  return command.within.every((kind) => RUNS_ALWAYS.has(kind)) && before.every((one) => isLast && one === '&&');
}

/** Whenever the second command runs, the first one has: they are of one `&&` list, or of one branch. */
function precedes(script: Script, first: Command, second: Command): boolean {
  const between = script.text.slice(first.end, second.start);
  if (first.topLevel && first.statement === second.statement) return !between.includes('||');
  const innermost = script.compounds
    .filter(({ kind }) => kind !== 'test' && kind !== 'arithmetic')
    .findLast(({ start, end }) => start <= first.start && first.end <= end);
  if (innermost === undefined || second.start < innermost.start || innermost.end < second.end) return false;
  return !/\b(?:else|elif|fi|done|esac)\b|;;|\|\||[;\n][^\S\n]*\}/.test(between);
}

/** With the variables that the script sets to fixed texts, and the folders that it moves to. */
function innerScene(script: Script, scene: Scene): Scene {
  const values = valuesIn(script);
  const directories = new Set(scene.directories);
  for (const command of script.commands) {
    const program = programOf(command);
    if (program?.row?.state?.kind !== 'directory') continue;
    const to = program.args.find(({ text }) => !text.startsWith('-'));
    const path = to && valueIn(to, scene);
    if (path === undefined) directories.add(undefined);
    else for (const folder of [...directories]) directories.add(imagePath(folder, path));
  }
  return {
    ...scene,
    directories: [...directories],
    variable: (name) => (values.has(name) ? values.get(name) : scene.variable(name)),
  };
}

/** Variables that a script sets; undefined for one that gets several values, or one that is not known. */
function valuesIn({ commands, compounds }: Script): ReadonlyMap<string, string | undefined> {
  const values = new Map<string, string | undefined>();
  const set = (name: string, value: string | undefined): void => {
    values.set(name, values.has(name) && values.get(name) !== value ? undefined : value);
  };
  for (const { kind, name } of compounds) if (kind === 'loop' && name !== undefined) set(name, undefined);
  for (const command of commands) {
    for (const { name, value } of command.assignments) set(name, value?.value);
    const kind = programOf(command)?.row?.state?.kind;
    if (kind !== 'environment' && kind !== 'variables') continue;
    for (const { text, value } of command.args) {
      const [name = '', given] = (value ?? text).split(/=(.*)/s);
      if (/^\w+$/.test(name) && (given !== undefined || kind === 'variables')) set(name, value && given);
    }
  }
  return values;
}
