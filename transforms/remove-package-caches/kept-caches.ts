import { instructionsAfter } from '../../src/dockerfile/stages.js';
import { textWithHeredocs } from '../../src/dockerfile/heredoc.js';
import { mountsOf } from '../../src/dockerfile/mounts.js';
import type { Instruction } from '../../src/dockerfile/types.js';
import { cachesAt, coversCache } from '../../src/commands/cache-paths.js';
import { quoted } from '../../src/commands/apt/words.js';
import { cacheHabits, type CacheHabits } from '../../src/commands/cache-habits.js';
import { packageAction } from '../../src/commands/packages.js';
import { servicesOf, startOf } from '../../src/image/compose-start.js';
import { sourcesOf } from '../../src/image/sources.js';
import { cleanPath } from '../../src/paths.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import { parseScript } from '../../src/shell/parse.js';
import { commandsOfRun } from '../../src/shell/run.js';
import type { Command } from '../../src/shell/types.js';
import type { Around, Installer } from './cleanup-tools.js';
import type { Users } from './later-installs.js';

/** Why the cache that installers of a RUN fill stays as it is; undefined where nothing speaks for it. */
export function keptCache(
  users: Users,
  cache: string,
  filling: readonly Installer[],
  { instruction, config, commands }: Around,
): Refusal | undefined {
  const habits = cacheHabits(cache);
  if (habits === undefined) return undefined;
  const mount = SYSTEM.has(cache) ? undefined : cacheMount(cache, instruction);
  if (mount !== undefined) return mount;
  const variable = [...config.variables.entries()].map(([name]) => name).find((name) => habits.variables.test(name));
  if (variable !== undefined)
    return refuse('own-cache-folder', `${variable} puts it into a folder of the author's choice`);
  const setting = users.dockerfile.instructions.find(
    ({ keyword, body, start }) =>
      keyword === 'RUN' && start <= instruction.start && habits.settings?.test(body.text) === true,
  );
  if (setting !== undefined)
    return refuse('own-cache-folder', `line ${setting.startLine} puts it into a folder of the author's choice`);
  const [name = '', inFile] = habits.file ?? [];
  if (inFile?.test(users.context?.read(name) ?? '') === true)
    return refuse('own-cache-folder', `${name} puts it into a folder of the author's choice`);
  const own = cache === 'pip' ? undefined : (otherAccount(filling) ?? replaced(cache, filling, commands));
  return own ?? laterNeed(users, cache, habits, instruction);
}

/** Their folders are the same on every system. */
const SYSTEM = new Set(['rpm', 'zypper']);
/** Folders of build tools that no manager above uses. */
const OF_BUILD_TOOLS =
  /\/(?:go-build|pkg\/mod|golangci-lint|cargo|registry|\.m2|\.gradle|\.nuget|packages|\.?ccache|sccache|\.next|node_modules|target|pnpm|store|apt|apk|bazel)(?:\/|$)/;

/** A cache mount that is not known to be for another manager may be for this one: by USER, uid or a setting. */
function cacheMount(cache: string, instruction: Instruction): Refusal | undefined {
  const found = mountsOf(instruction).find(({ type, target }) => {
    if (type !== 'cache' || target === undefined) return false;
    const path = cleanPath(target);
    return !coversCache(cache, path) && cachesAt(path).length === 0 && !OF_BUILD_TOOLS.test(path);
  });
  return found && refuse('cache-mount', `the mount at ${found.target ?? ''} may be this cache`);
}

/** Emptied by another account than the one that filled it, the cache of a home would stay, or change hands. */
function otherAccount(filling: readonly Installer[]): Refusal | undefined {
  const other = filling.find(({ action: { program }, command }) => {
    if (program.wrappers.some((wrapper) => /^(?:gosu|su-exec|setuser|chpst|setpriv|runuser)$/.test(wrapper)))
      return true;
    return (
      program.wrappers.includes('sudo') && command.args.some(({ text }) => /^-\w*[uHi]|^--(?:user|set-home)/.test(text))
    );
  });
  return other && refuse('other-account', 'it belongs to the account that its command names');
}

const VERSION_MANAGERS = new Set(['n', 'nvm', 'volta', 'fnm', 'nodenv']);

/** The shell remembers where it found a program, and would start the one that has just been replaced. */
function replaced(cache: string, filling: readonly Installer[], commands: readonly Command[]): Refusal | undefined {
  const by = filling.find(({ action }) =>
    action.operands.some(({ text }) => text.replace(/(?:(?<=.)@|[=<>]).*/s, '') === action.program.name),
  );
  const manager = ['npm', 'yarn'].includes(cache)
    ? commands.find(({ name }) => VERSION_MANAGERS.has(name?.value ?? ''))
    : undefined;
  return by === undefined && manager === undefined
    ? undefined
    : refuse('program-replaced', 'the RUN replaces the program that would empty it');
}

function laterNeed(users: Users, cache: string, { needs }: CacheHabits, instruction: Instruction): Refusal | undefined {
  const { dockerfile, context } = users;
  for (const one of instructionsAfter(dockerfile, instruction)) {
    const run = one.trigger ?? one;
    if (MAY_NEED.has(run.keyword) && needs.test(textWithHeredocs(dockerfile, run)))
      return refuse('needed-later', `line ${one.startLine} may need what is in it`);
    if (OF_PROJECTS.has(cache) && installsFromIt(users, run, cache))
      return refuse(
        'needed-later',
        `line ${one.startLine} installs with ${cache}, where it may have nothing but this cache`,
      );
  }
  if (!OF_PROJECTS.has(cache)) return undefined;
  const file = sourcesOf(context).says(needs) ?? composeFileThatNeeds(users, cache, needs);
  return file === undefined ? undefined : refuse('needed-later', `${file} may need what is in it`);
}

/** A compose file starts an install, or something else that takes from the cache, in an image of this file. */
function composeFileThatNeeds(users: Users, cache: string, needs: CacheHabits['needs']): string | undefined {
  const { dockerfile, image } = users;
  for (const { stage, config } of image.stages)
    for (const service of servicesOf(users, dockerfile, stage)) {
      const words = startOf(config, service) ?? [];
      const commands = [quoted(words), words.at(-1) ?? ''].flatMap((script) => parseScript(script).commands);
      if (needs.test(words.join(' ')) || installsWith(commands, cache)) return service.file;
    }
  return undefined;
}

const MAY_NEED = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'COPY', 'ENV']);

/** Managers that take from the cache what an earlier install has brought. */
const OF_PROJECTS = new Set(['npm', 'yarn', 'pip']);

/** When the container starts, or in a RUN without network. */
function installsFromIt({ dockerfile }: Users, run: Instruction, manager: string): boolean {
  const starts = run.keyword === 'CMD' || run.keyword === 'ENTRYPOINT';
  const cutOff = run.flags.some(({ name, value }) => name === 'network' && value === 'none');
  if (!starts && !cutOff) return false;
  const commands = starts
    ? startScripts(run).flatMap((script) => parseScript(script).commands)
    : commandsOfRun(dockerfile, run);
  return installsWith(commands, manager);
}

function installsWith(commands: readonly Command[], manager: string): boolean {
  return commands.map(packageAction).some((action) => action?.manager === manager && action.kind === 'install');
}

/** As a shell script: its words, and the last one, which a shell may be given to run. */
function startScripts({ body, json }: Instruction): readonly string[] {
  return json === undefined ? [body.text] : [quoted(json), json.at(-1) ?? ''];
}
