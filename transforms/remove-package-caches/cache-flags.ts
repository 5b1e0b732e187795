import { replace } from '../../src/dockerfile/edit.js';
import type { Dockerfile, Edit } from '../../src/dockerfile/types.js';
import { insertOption, removeCommand } from '../../src/edits/run-members.js';
import { APK_UPDATES, cacheFlags, cachesEmptied, isIndexRefresh } from '../../src/commands/caches.js';
import type { PackageAction } from '../../src/commands/packages.js';
import type { RunScript } from '../../src/shell/run.js';
import { isMounted, type Around, type Installer } from './cleanup-tools.js';

/** Edits that tell an installer not to fill its cache, with what they do. */
export interface FlagFix {
  readonly message: string;
  readonly edits: readonly Edit[];
}

/** `pip install` gets `--no-cache-dir`. */
export function pipFlag(run: RunScript, installers: readonly Installer[], around: Around): FlagFix | undefined {
  const pips = installers.filter(({ action }) => action.manager === 'pip' && isDownload(action));
  if (pips.length === 0 || setsNoCache(around) || isMounted('pip', around.instruction)) return undefined;
  if (
    around.commands.some(
      (command) =>
        cachesEmptied(command).includes('pip') && command.start > Math.max(...pips.map((pip) => pip.command.start)),
    )
  )
    return undefined;
  const open = pips.filter(
    ({ command, action }) =>
      cacheFlags(command).length === 0 && action.option('--cache-dir') === undefined && action.subcommand !== undefined,
  );
  const edits = open.map(({ action }) => insertOption(run, action.subcommand ?? action.program.word, '--no-cache-dir'));
  return edits.length === 0 ? undefined : { message: 'Keep the pip cache out of the layer with --no-cache-dir', edits };
}

/** With `--no-index` it takes what lies in a folder, and keeps none of it. */
function isDownload({ subcommand, flags }: PackageAction): boolean {
  return subcommand?.text === 'install' && !flags.includes('--no-index');
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
export function apkFlag(
  dockerfile: Dockerfile,
  run: RunScript,
  installers: readonly Installer[],
  around: Around,
): FlagFix | undefined {
  const apk = installers.filter(({ action }) => action.manager === 'apk');
  const fetching = apk.filter(
    ({ action, command }) => /^(?:install|upgrade)$/.test(action.kind) && !isIndexRefresh(command),
  );
  if (fetching.length === 0 || isMounted('apk', around.instruction)) return undefined;
  const cleaned = around.commands.some(
    (command) =>
      cachesEmptied(command).includes('apk') && command.start > Math.max(...fetching.map((one) => one.command.start)),
  );
  const open = fetching.filter(
    ({ action }) => !action.flags.some((flag) => /^--(?:no-cache|no-network|offline|cache-dir)/.test(flag)),
  );
  if (cleaned || open.length === 0) return undefined;
  const removed = apk.flatMap((one) => (isNeedless(one) ? (removeCommand(dockerfile, run, one.command) ?? []) : []));
  const edits = [...open.map((one) => addNoCache(run, one)), ...removed];
  return {
    message:
      removed.length > 0
        ? 'Use apk add --no-cache, which needs no apk update before it'
        : 'Keep the apk index out of the layer with --no-cache',
    edits,
  };
}

/** It updates the index and does nothing else. */
function isNeedless({ action, command }: Installer): boolean {
  return (
    isIndexRefresh(command) &&
    action.flags.every((flag) => flag === '-q' || flag === '--quiet' || APK_UPDATES.has(flag)) &&
    command.topLevel &&
    command.redirections.length === 0 &&
    command.assignments.length === 0
  );
}

/** In place of `--update`, which it makes needless, otherwise right after the subcommand. */
function addNoCache(run: RunScript, { command, action }: Installer): Edit {
  const update = command.args.find(({ text }) => APK_UPDATES.has(text));
  return update === undefined
    ? insertOption(run, action.subcommand ?? action.program.word, '--no-cache')
    : replace(run.source(update), '--no-cache');
}
