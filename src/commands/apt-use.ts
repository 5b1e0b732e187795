/** What a script does with the apt lists of its image: read as far as it can be, and what can't be read is named. */
import { parseScript } from '../shell/parse.js';
import type { Command, Script } from '../shell/types.js';
import { useOfFile, useOfTool } from './apt-use-files.js';
import { calledBy, readsInput, type Called } from './called.js';
import { isIn } from './catalogue/index.js';
import { isCacheCleanup } from './caches.js';
import { packageAction, type PackageAction } from './packages.js';
import { programOf, type Program } from './program.js';
import { setsVariables } from './environment-files.js';
import type { Scene } from './scene.js';
import { useOfInput } from './downloaded.js';
import { imagePath } from '../paths.js';

export interface AptUse {
  /** `unread`: it can't be read, or nothing is known of it. */
  readonly use: 'update' | 'read' | 'unread';
  /** What does so, as written. */
  readonly by: string;
}

const DEEPEST = 8;

/** Something in the script installs from the apt lists or looks into them, or may do so. */
export function usesLists(script: Script, scene: Scene): boolean {
  const place = { script, scene: innerScene(script, scene), depth: 0 };
  return script.commands.some((command) => /^(?:read|unread)$/.test(useOf(command, place)?.use ?? ''));
}

/** What a script does first with the apt lists: undefined where it is proven to leave them alone. */
export function firstUse(script: Script, scene: Scene, depth = 0): AptUse | undefined {
  if (script.error !== undefined || depth > DEEPEST) return { use: 'unread', by: short(script.text) };
  const inner = innerScene(script, scene);
  const updates: Command[] = [];
  for (const command of script.commands) {
    const found = useOf(command, { script, scene: inner, depth });
    if (found === undefined) continue;
    if (found.use === 'update') {
      if (isCertain(script, command)) return found;
      updates.push(command);
    } else if (!updates.some((update) => precedes(script, update, command))) return found;
  }
  return undefined;
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
  if (first.topLevel && first.statement === second.statement) return !/\|\|/.test(between);
  const around = script.compounds.filter(
    ({ kind, start, end }) => kind !== 'test' && kind !== 'arithmetic' && start <= first.start && first.end <= end,
  );
  const innermost = around.at(-1);
  const inside = innermost !== undefined && innermost.start <= second.start && second.end <= innermost.end;
  return inside && !/\b(?:else|elif|fi|done|esac)\b|;;|\|\||[;\n]\s*\}/.test(between);
}

interface Place {
  readonly script: Script;
  readonly scene: Scene;
  readonly depth: number;
}

/** The variables that a script sets to fixed texts, and the folders that it moves to. */
function innerScene({ commands, text }: Script, scene: Scene): Scene {
  const values = new Map<string, string | undefined>();
  const folders = new Set(scene.directories);
  for (const command of commands) {
    for (const { name, value } of command.assignments)
      values.set(name, values.has(name) && values.get(name) !== value?.value ? undefined : value?.value);
    const program = programOf(command);
    const to =
      program?.row?.state?.kind === 'directory'
        ? program.args.find(({ text: one }) => !one.startsWith('-'))
        : undefined;
    if (to === undefined) continue;
    const path = to.value ?? expand(to.text, scene);
    if (path === undefined) folders.add(undefined);
    else for (const folder of [...folders]) folders.add(imagePath(folder, path));
  }
  if (values.size === 0 && folders.size === scene.directories.length) return scene;
  const written = (name: string): boolean =>
    new RegExp(`\\b(?:read|local|export|declare|for)\\s[^;&|\\n]*\\b${name}\\b`).test(text);
  return {
    ...scene,
    directories: [...folders],
    variable: (name) => (values.has(name) && !written(name) ? values.get(name) : scene.variable(name)),
  };
}

function useOf(command: Command, place: Place): AptUse | undefined {
  const by = short(place.script.text.slice(command.start, command.end));
  if (looksIntoLists(command)) return { use: 'read', by };
  if (command.name === undefined) return undefined;
  const program = programOf(command);
  const action = packageAction(command);
  if (action?.manager === 'apt') return useOfApt(action, by);
  const whole = [command.name, ...command.args];
  if (program === undefined || (needsValues(program) && whole.some(({ value }) => value === undefined)))
    return useOfExpanded(command, place, program, by);
  return useOfProgram(command, place, program, by);
}

/** `$TOOL install jq`, `bash -c "$CMD"`: with the values of the variables in place. */
function useOfExpanded(command: Command, place: Place, program: Program | undefined, by: string): AptUse | undefined {
  const { script, scene, depth } = place;
  const text = script.text.slice(command.name?.start ?? command.start, command.end);
  const given = text
    .replace(/"\$(?:[@*]|\{[@*]\})"|\$(?:[@*]|\{[@*]\})/g, () => quoted(scene.args))
    .replace(/(^|\s)~\//g, '$1/root/');
  const filled = expand(given, scene, true) ?? given;
  if (filled !== text) return firstUse(parseScript(filled), { ...scene, args: [] }, depth + 1);
  return program === undefined ? { use: 'unread', by } : useOfProgram(command, place, program, by);
}

/** What its words give decides on what it runs. */
function needsValues({ row }: Program): boolean {
  return row?.calls !== undefined || isIn(row, 'shell');
}

function useOfApt(action: PackageAction, by: string): AptUse | undefined {
  const { kind, subcommand, flags } = action;
  if (kind === 'remove' || kind === 'clean') return undefined;
  // Of one source alone, or a rehearsal: the other lists stay as they were.
  if (kind === 'update') {
    const part = action.options('-o', '--option').some((value) => /Dir::|List-Cleanup/i.test(value));
    return part || flags.some((flag) => /^(?:-s|--print-uris|--simulate|--dry-run)$/.test(flag))
      ? undefined
      : { use: 'update', by };
  }
  return subcommand === undefined && kind === 'other' ? undefined : { use: 'read', by };
}

function useOfProgram(command: Command, place: Place, program: Program, by: string): AptUse | undefined {
  const { script, scene, depth } = place;
  const { row, name, args } = program;
  const own = program.word.text.includes('/') || row === undefined || scene.command(name) !== undefined;
  if (script.compounds.some((compound) => compound.kind === 'function' && compound.name === name)) return undefined;
  if (isIn(row, 'reads-apt-lists') || row?.readsLists?.some((word) => args.some(({ text }) => text === word)) === true)
    return { use: 'read', by };
  if (own) {
    const words = args.map(({ value, text }) => value ?? text);
    const found = useOfFile({ path: program.word.value ?? name, args: words }, scene, depth, by);
    if (found !== 'none') return found;
  }
  for (const called of calledBy(program)) {
    const found = useOfCalled(called, command, place, by);
    if (found !== undefined) return found;
  }
  return useOfTool(program, scene, depth, by);
}

function useOfCalled(called: Called, command: Command, place: Place, by: string): AptUse | undefined {
  const { script, scene, depth } = place;
  switch (called.kind) {
    case 'script':
    case 'command': {
      const text = expand(called.text, scene, true) ?? called.text;
      return firstUse(parseScript(text), scene, depth + 1);
    }
    case 'file': {
      const path = called.path.value ?? expand(called.path.text, scene);
      const written = called.path.text.replace(/["']/g, '');
      const args = called.args.map(({ value, text }) => value ?? text);
      if (path === undefined) return setsVariables(written) ? undefined : { use: 'unread', by };
      const found = useOfFile({ path, args }, scene, depth, by);
      return found === 'none' && !setsVariables(written) ? { use: 'unread', by } : found === 'none' ? undefined : found;
    }
    case 'input':
      return readsInput(command) ? useOfInput(script, command, scene, depth, by) : undefined;
  }
}

/** A path of the lists among its words; taking them away, or making their folder, does not look into them. */
function looksIntoLists(command: Command): boolean {
  const words = [...command.args.map(({ text }) => text), ...command.redirections.map(({ target }) => target ?? '')];
  if (!words.some((text) => /\/var\/lib\/apt(?!\/(?:keyrings|periodic|extended_states|daily_lock))/.test(text)))
    return false;
  const program = programOf(command);
  return program?.name !== 'rm' && program?.name !== 'mkdir' && !isCacheCleanup(command) && !prints(program);
}

function prints(program: Program | undefined): boolean {
  return program?.name === 'echo' || program?.name === 'printf';
}

/**
 * A word with the values of its variables in place; undefined where one of them is not known.
 * @param partly unknown ones stay as they are
 */
export function expand(text: string, scene: Scene, partly = false): string | undefined {
  const unknown: string[] = [];
  const filled = text.replace(/\$(?:(\w+)|\{(\w+)\})/g, (whole, bare?: string, braced?: string) => {
    const value = scene.variable(bare ?? braced ?? '');
    if (value === undefined) unknown.push(whole);
    return value ?? whole;
  });
  return unknown.length === 0 || partly ? filled.replace(/^"(.*)"$/, partly ? '$&' : '$1') : undefined;
}

export function quoted(words: readonly string[]): string {
  return words.map((word) => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}

export function short(text: string): string {
  const [line = ''] = text.trim().split('\n');
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}
