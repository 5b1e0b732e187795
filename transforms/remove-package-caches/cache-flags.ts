import type { Edit } from '../../src/dockerfile/types.js';
import { insert, replace } from '../../src/dockerfile/edit.js';
import { cachesEmptied } from '../../src/commands/caches.js';
import type { RunScript } from '../../src/shell/run.js';
import type { Command } from '../../src/shell/types.js';
import { isMounted, type Around, type Installer } from './cleanup-tools.js';

/** Edits that tell an installer not to fill its cache, with what they do. */
export interface FlagFix {
  readonly message: string;
  readonly edits: readonly Edit[];
}

/** `pip install` gets `--no-cache-dir`. */
export function pipFlag(run: RunScript, installers: readonly Installer[], around: Around): FlagFix | undefined {
  const pips = installers.filter(({ action }) => action.manager === 'pip' && action.subcommand?.text === 'install');
  if (pips.length === 0 || setsNoCache(around) || isMounted(['/root/.cache/pip', '/root/.cache'], around.instruction))
    return undefined;
  if (
    around.commands.some(
      (command) =>
        cachesEmptied(command).includes('pip') && command.start > Math.max(...pips.map((pip) => pip.command.start)),
    )
  )
    return undefined;
  const open = pips.filter(
    ({ command, action }) =>
      !/--no-cache-dir|--cache-dir/.test(textOf(run, command)) && action.subcommand !== undefined,
  );
  const edits = open.map(({ action }) =>
    insert(run.source(action.subcommand ?? action.program.word).end, ' --no-cache-dir'),
  );
  return edits.length === 0 ? undefined : { message: 'Keep the pip cache out of the layer with --no-cache-dir', edits };
}

function setsNoCache({ config, commands }: Around): boolean {
  return (
    config.variables.has('PIP_NO_CACHE_DIR') ||
    config.variables.has('PIP_CACHE_DIR') ||
    commands.some(({ assignments, args }) =>
      [...assignments.map(({ name }) => name), ...args.map(({ text }) => text)].some((text) =>
        text.startsWith('PIP_NO_CACHE_DIR'),
      ),
    )
  );
}

/** `apk add` gets `--no-cache`, which makes `apk update` and `--update` needless. */
export function apkFlag(run: RunScript, installers: readonly Installer[], around: Around): FlagFix | undefined {
  const apk = installers.filter(({ action }) => action.manager === 'apk');
  const fetching = apk.filter(({ action }) => action.kind === 'install' || action.kind === 'upgrade');
  if (fetching.length === 0 || isMounted(['/var/cache/apk', '/etc/apk/cache'], around.instruction)) return undefined;
  const cleaned = around.commands.some(
    (command) =>
      cachesEmptied(command).includes('apk') && command.start > Math.max(...fetching.map((one) => one.command.start)),
  );
  const open = fetching.filter(
    ({ action }) =>
      !action.flags.includes('--no-cache') && !action.flags.some((flag) => flag.startsWith('--cache-dir')),
  );
  if (cleaned || open.length === 0) return undefined;
  const needless = apk.filter(
    ({ action, command }) =>
      action.kind === 'update' &&
      action.flags.every((flag) => flag === '-q' || flag === '--quiet') &&
      isLinked(run, command),
  );
  const edits = [
    ...open.map((one) => addNoCache(run, one)),
    ...needless.map(({ command }) => removeMember(run, command)),
  ];
  return {
    message:
      needless.length > 0
        ? 'Use apk add --no-cache, which needs no apk update before it'
        : 'Keep the apk index out of the layer with --no-cache',
    edits,
  };
}

const UPDATE_FLAGS = new Set(['--update', '-U', '--update-cache']);

/** Behind `--update` where there is one, otherwise right behind the subcommand. */
function addNoCache(run: RunScript, { command, action }: Installer): Edit {
  const update = command.args.find(({ text }) => UPDATE_FLAGS.has(text));
  return insert(run.source(update ?? action.subcommand ?? action.program.word).end, ' --no-cache');
}

/** A member of the top-level list with an `&&` or `;` behind it. */
function isLinked(run: RunScript, command: Command): boolean {
  return (
    command.topLevel &&
    command.unconditional &&
    command.redirections.length === 0 &&
    command.assignments.length === 0 &&
    nextStart(run, command) !== undefined
  );
}

function nextStart({ script }: RunScript, { end }: Command): number | undefined {
  const match = /^\s*(?:&&|;)\s*/.exec(script.text.slice(end));
  const next = match === null ? undefined : end + match[0].length;
  return next === undefined || next >= script.text.length ? undefined : next;
}

/** Takes the command with the operator behind it, up to the start of the next member. */
function removeMember(run: RunScript, command: Command): Edit {
  const next = nextStart(run, command) ?? command.end;
  return replace({ start: run.source(command).start, end: run.source({ start: next, end: next + 1 }).start }, '');
}

function textOf({ script }: RunScript, { start, end }: Command): string {
  return script.text.slice(start, end);
}
