/** What pip, uv and virtual environments need: root for the system's packages, the account for an environment of its own. */
import { readArguments, textOf, valueOf } from '../../src/commands/arguments.js';
import type { PackageAction } from '../../src/commands/packages.js';
import { programOf, type Program } from '../../src/commands/program.js';
import { expandKnown } from '../../src/dockerfile/expand.js';
import { memoize } from '../../src/memoize.js';
import { imagePath, parentPath } from '../../src/paths.js';
import { isPlainBuild } from './python-builds.js';
import type { FinalImage } from './final-image.js';
import { isOneOf, pathRights, type Place, type Rights } from './path-rights.js';
import { scriptOf } from './run-scripts.js';

/** The folder of the environment that `python -m venv` and `virtualenv` make. */
export function environmentMade({ name, args, row }: Program): string | undefined {
  const isModule = row?.ending?.includes('-m') === true && args[0]?.text === '-m' && args[1]?.text === 'venv';
  if (!isModule && name !== 'virtualenv') return undefined;
  const { operands } = readArguments(isModule ? args.slice(2) : args, { valued: ['--prompt', '-p', '--python'] });
  const [folder, ...more] = operands;
  return folder === undefined || more.length > 0 ? undefined : valueOf(folder);
}

/** Into the system or an environment; a project that is installed gets files of its own beside its sources. */
export function pipRights(action: PackageAction, program: Program, place: Place): Rights | undefined {
  const { kind, flags, subcommand } = action;
  if (subcommand?.text === 'config') return undefined;
  if (kind === 'clean' || kind === 'other') return 'either';
  if (flags.some((flag) => /^(?:--user|--target|-t|--prefix|--root)/.test(flag))) return undefined;
  if (!projectsOf(action).every((folder) => isPlainBuild(place, folder))) return undefined;
  const environment = environmentUsed(program, place);
  return environment === undefined ? 'root' : pathRights([`${environment}/lib`], place);
}

/** Folders that are installed as packages: `.`, `-e ./lib`, `.[test]`. */
function projectsOf(action: PackageAction): readonly string[] {
  const words = [...action.operands.map(valueOf), ...action.options('-e', '--editable')];
  return words.flatMap((word) => /^(\.{0,2}\/[^[]*|\.{1,2})(?:\[[\w,-]*\])?$/.exec(word)?.[1] ?? []);
}

/** The virtual environment whose pip or Python runs: it is named by its path, or the first in PATH. */
function environmentUsed({ word, wrappers }: Program, { image, config, directory }: Place): string | undefined {
  const text = wrappers.length === 0 ? textOf(word) : '';
  if (text.includes('/')) return outsideSystem(imagePath(directory, parentPath(parentPath(text))));
  const [first = ''] = (config.env.get('PATH') ?? '').split(':');
  const folder = parentPath(first);
  return first === `${folder}/bin` && environmentsIn(image).has(folder) ? folder : undefined;
}

/** Environments that RUNs of the image make. */
const environmentsIn = memoize((image: FinalImage): ReadonlySet<string> => {
  const own = new Set(image.instructions);
  const steps = image.stages.flatMap((stage) => stage.steps).filter(({ instruction }) => own.has(instruction));
  return new Set(
    steps.flatMap((step) =>
      (scriptOf(image, step)?.commands ?? []).flatMap((command) => {
        const program = programOf(command);
        const folder = program && environmentMade(program);
        const path = folder && (expandKnown(folder, step.config.env.get, '\\') ?? folder);
        return path === undefined ? [] : [imagePath(step.config.workdir ?? image.startDirectory, path)];
      }),
    ),
  );
});

function outsideSystem(folder: string): string | undefined {
  return /^\/(?:usr(?:\/local)?)?$/.test(folder) ? undefined : folder;
}

/** `uv sync` makes an environment beside the project; `uv pip --system` installs as pip does. */
export function uvRights({ subcommand, flags, kind }: PackageAction, { config, ...place }: Place): Rights | undefined {
  if (kind === 'clean') return 'either';
  if (subcommand?.text === 'install' && (flags.includes('--system') || config.env.has('UV_SYSTEM_PYTHON')))
    return flags.some((flag) => /^(?:-e|--editable|--target|--prefix)/.test(flag)) ? undefined : 'root';
  if (subcommand?.text !== 'sync' || flags.includes('--system') || flags.includes('--active')) return undefined;
  if (config.env.has('UV_PROJECT_ENVIRONMENT')) return undefined;
  return isOneOf(place.own, place.directory) ? 'account' : undefined;
}
