/** What a RUN needs: root, the account that the application gets, or neither. */
import { textOf, valueOf } from '../../src/commands/arguments.js';
import { isIn } from '../../src/commands/catalogue/index.js';
import { fileArguments } from '../../src/commands/file-arguments.js';
import { packageAction, type PackageAction } from '../../src/commands/packages.js';
import { programOf, type Program } from '../../src/commands/program.js';
import { mountsOf } from '../../src/dockerfile/mounts.js';
import type { Step } from '../../src/image/types.js';
import { imagePath, isWithin } from '../../src/paths.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import type { Command, ShellWord } from '../../src/shell/types.js';
import { originOf } from './copied-files.js';
import type { FinalImage } from './final-image.js';
import { isModuleInstall, runsForAll } from './node-commands.js';
import { safeScript } from './package-scripts.js';

/** `root`: it changes the system; `account`: it works in the application's own directories; `either`: it changes no file. */
export type Rights = 'root' | 'account' | 'either';

/** Where a command runs, and which directories are the application's own. */
interface Place {
  readonly image: FinalImage;
  readonly directory: string;
  readonly own: readonly string[];
}

/** @param own directories that the account gets, as paths of the image */
export function rightsOf(
  image: FinalImage,
  { script, config, instruction }: Step,
  own: readonly string[],
): Rights | Refusal {
  const line = `the RUN on line ${instruction.startLine}`;
  if (script === undefined) return refuse('step-unknown', `${line} can't be read: whether it needs root is not known`);
  let directory = config.workdir ?? image.startDirectory;
  const all: Rights[] = [];
  for (const command of script.commands) {
    const moved = folderEntered(command, directory);
    directory = moved ?? directory;
    const rights = moved === undefined ? commandRights(command, { image, directory, own }) : 'either';
    if (rights === undefined)
      return refuse('step-unknown', `\`${shown(command)}\` in ${line}: whether it needs root is not known`);
    all.push(rights);
  }
  const rights = together(all);
  if (rights === undefined)
    return refuse('step-mixed', `${line} changes the system and the application's files in one: part of it needs root`);
  if (rights === 'account' && mountsOf(instruction).length > 0)
    return refuse('step-mounts', `${line} mounts something that is meant for root`);
  return rights;
}

/** What all of them need; undefined where one needs root and another the account. */
function together(all: readonly Rights[]): Rights | undefined {
  if (all.includes('root')) return all.includes('account') ? undefined : 'root';
  return all.includes('account') ? 'account' : 'either';
}

function shown({ name, args }: Command): string {
  return [name, ...args.slice(0, 2)].map((word) => word?.text ?? '').join(' ');
}

/** `cd /srv`: the folder for the commands after it. */
function folderEntered({ name, args, within }: Command, directory: string): string | undefined {
  const [folder, ...more] = args;
  if (name?.value !== 'cd' || folder?.value === undefined || more.length > 0 || within.length > 0) return undefined;
  return imagePath(directory, folder.value);
}

function commandRights(command: Command, place: Place): Rights | undefined {
  const all = [
    ownRights(command, place),
    ...command.redirections.map(({ operator, target }) => redirected(operator, target, place)),
  ];
  const known = all.filter((rights) => rights !== undefined);
  return known.length < all.length ? undefined : together(known);
}

function redirected(operator: string, target: string | undefined, place: Place): Rights | undefined {
  if (!operator.includes('>') || operator.includes('&') || target === '/dev/null') return 'either';
  return target === undefined ? undefined : pathRights([target], place);
}

function ownRights(command: Command, place: Place): Rights | undefined {
  const program = programOf(command);
  if (program === undefined) return command.name === undefined ? 'either' : undefined;
  const { row, name } = program;
  const action = packageAction(command);
  if (action !== undefined) return managerRights(action, program, place);
  if (name === 'corepack' || isIn(row, 'accounts', 'package-setup') || name === 'chown' || name === 'chgrp')
    return 'root';
  if (name === 'git' && program.args[0]?.text === 'config') return settingRights(program);
  if (isIn(row, 'fetch', 'unpack', 'checkout')) return fetchRights(program, place);
  const files = fileArguments(program);
  if (files !== undefined && isIn(row, 'files')) return pathRights(files.paths.map(textOf), place);
  if (row?.state !== undefined || isIn(row, 'neutral', 'prints', 'answers', 'filter', 'feeds')) return 'either';
  if (isIn(row, 'interpreter') && row?.language !== undefined) return scriptRights(program, place);
  return isIn(row, 'settings') ? 'root' : undefined;
}

/** By where the paths lie, which all lie alike: in the application's directories, or outside. */
function pathRights(paths: readonly string[], { directory, own }: Place): Rights | undefined {
  if (paths.some((path) => /[$`]|^["']?~/.test(path))) return undefined;
  const places = paths.map((path) => imagePath(directory, path.replace(/["']/g, '')));
  // The entry of a directory itself is in the one above it.
  return together(places.map((path) => (isOneOf(own, path) && !own.includes(path) ? 'account' : 'root')));
}

function isOneOf(own: readonly string[], path: string): boolean {
  return own.some((folder) => isWithin(folder, path));
}

/** Settings in the home are for the account that runs the application; those of a folder can't be told. */
function settingRights({ args }: Program): Rights | undefined {
  if (args.some(({ text }) => text === '--global')) return 'account';
  return args.some(({ text }) => text === '--system') ? 'root' : undefined;
}

/** What is fetched or unpacked lands where an option says, or in the folder it runs in. */
function fetchRights({ args }: Program, place: Place): Rights | undefined {
  const words = args.map((word: ShellWord) => word.value ?? word.text);
  const targets = words.flatMap((word, index) => {
    const joined = /^(?:-[A-Za-z]*[oOC]|--(?:output|output-document|directory|directory-prefix|strip)=)(\/.+)$/.exec(
      word,
    )?.[1];
    if (joined !== undefined) return [joined];
    return /^(?:-[A-Za-z]*[oOCdP]|--(?:output|output-document|directory|directory-prefix))$/.test(
      words[index - 1] ?? '',
    )
      ? [word]
      : [];
  });
  const paths = targets.filter((path) => path !== '-' && !path.includes('://'));
  return pathRights(paths.length > 0 ? paths : ['./download'], place);
}

function managerRights(action: PackageAction, program: Program, place: Place): Rights | undefined {
  const { manager, kind, flags } = action;
  const inProject = isOneOf(place.own, place.directory);
  if (program.row?.manager?.system === true || manager === 'gem') return 'root';
  if (manager === 'pip') return pipRights(action);
  if (manager === 'uv')
    return action.subcommand?.text === 'sync' && !flags.includes('--system') && inProject ? 'account' : undefined;
  if (manager === 'composer') return inProject && !flags.includes('-g') ? 'account' : undefined;
  if (manager === 'bundler') return action.subcommand?.text === 'exec' && inProject ? 'account' : undefined;
  if (program.row?.language !== 'node') return undefined;
  if (runsForAll(program)) return 'root';
  if (action.subcommand?.text === 'config') return 'account';
  // The cache of whoever runs it: nothing of the project.
  if (kind === 'clean') return 'either';
  if (!inProject) return undefined;
  if (isModuleInstall(program))
    return safeScript(place.image, place.directory, INSTALL_SCRIPTS) ? 'account' : undefined;
  const [script] = action.subcommand?.text === 'run' ? action.operands : [action.subcommand];
  if (action.subcommand?.text === 'prune') return 'account';
  return script?.value !== undefined && safeScript(place.image, place.directory, [script.value], true)
    ? 'account'
    : undefined;
}

const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];

/** Into the system, unless it is told another place; a project that is installed gets files of its own beside its sources. */
function pipRights({ kind, flags, operands, subcommand }: PackageAction): Rights | undefined {
  if (subcommand?.text === 'config') return undefined;
  if (kind === 'clean' || kind === 'other') return 'either';
  const elsewhere = flags.some((flag) => /^(?:--user|--target|-t|--prefix|--root|-e|--editable)/.test(flag));
  const project = operands.some((word) => /^["']?\.{0,2}\/|^["']?\.["']?(?:\[|$)/.test(word.text));
  return elsewhere || project ? undefined : 'root';
}

/** `python manage.py collectstatic`, `node build.js`: a program of the project works in its folder. */
function scriptRights({ args }: Program, place: Place): Rights | undefined {
  const [file, ...rest] = args.map(valueOf);
  if (file === undefined || file.startsWith('-') || !isOneOf(place.own, place.directory)) return undefined;
  if (rest.some((word) => /(?:^|=)\/|\.\.\//.test(word))) return undefined;
  return originOf(place.image, imagePath(place.directory, file)) === undefined ? undefined : 'account';
}
