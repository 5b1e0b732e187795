/** What a RUN needs: root, the account that the application gets, or neither. */
import { textOf, valueOf } from '../../src/commands/arguments.js';
import { isIn } from '../../src/commands/catalogue/index.js';
import { fileArguments } from '../../src/commands/file-arguments.js';
import { packageAction } from '../../src/commands/packages.js';
import { programOf, type Program } from '../../src/commands/program.js';
import { mountsOf } from '../../src/dockerfile/mounts.js';
import type { Step } from '../../src/image/types.js';
import { imagePath } from '../../src/paths.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import type { Command, ShellWord } from '../../src/shell/types.js';
import { originOf } from './copied-files.js';
import type { FinalImage } from './final-image.js';
import { managerRights } from './manager-rights.js';
import { isOneOf, pathRights, together, type Place, type Rights } from './path-rights.js';
import { environmentMade } from './python-rights.js';
import { scriptOf } from './run-scripts.js';

export type { Rights };

/** @param own directories that the account gets, as paths of the image */
export function rightsOf(image: FinalImage, step: Step, own: readonly string[]): Rights | Refusal {
  const { config, instruction } = step;
  const script = scriptOf(image, step);
  const line = `the RUN on line ${instruction.startLine}`;
  if (script === undefined) return refuse('step-unknown', `${line} can't be read: whether it needs root is not known`);
  let directory = config.workdir ?? image.startDirectory;
  const all: Rights[] = [];
  for (const command of script.commands) {
    const moved = folderEntered(command, directory);
    directory = moved ?? directory;
    const rights =
      moved === undefined ? commandRights(command, { image, instruction, config, directory, own }) : 'either';
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
  const environment = environmentMade(program);
  if (environment !== undefined) return pathRights([environment], place);
  if (isIn(row, 'fetch', 'unpack', 'checkout')) return fetchRights(program, place);
  const files = fileArguments(program);
  if (files !== undefined && isIn(row, 'files')) return pathRights(files.paths.map(textOf), place);
  if (row?.state !== undefined || isIn(row, 'neutral', 'prints', 'answers', 'filter', 'feeds')) return 'either';
  if (isIn(row, 'interpreter') && row?.language !== undefined) return scriptRights(program, place);
  return isIn(row, 'settings') ? 'root' : undefined;
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

/** `python manage.py collectstatic`, `node build.js`: a program of the project works in its folder. */
function scriptRights({ args }: Program, place: Place): Rights | undefined {
  const [file, ...rest] = args.map(valueOf);
  if (file === undefined || file.startsWith('-') || !isOneOf(place.own, place.directory)) return undefined;
  if (rest.some((word) => /(?:^|=)\/|\.\.\//.test(word))) return undefined;
  return originOf(place.image, imagePath(place.directory, file)) === undefined ? undefined : 'account';
}
