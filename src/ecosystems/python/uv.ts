import { hasOption, optionValue, type Arguments } from '../../commands/arguments.js';
import { isRefusal, refuse, type Refusal } from '../../refusal.js';
import { isOn } from '../project/environment.js';
import { foldersAbove, inProject, presentFiles } from '../project/files.js';
import { readToml, readTomlManifest, stringsOf, valueAt, type TomlManifest } from '../project/toml.js';
import type { Environment, Inputs, PackageManager, Project } from '../project/types.js';
import { PYPROJECT, refuseLocalIndex, refuseLocalPackages } from './pyproject.js';

const UV_LOCK = 'uv.lock';
const UV_SETTINGS = 'uv.toml';

/** `uv sync`; `uv pip` is pip's. */
export const uv: PackageManager = {
  name: 'uv',
  program: 'uv',
  locks: [UV_LOCK],
  settings: ['.python-version', UV_SETTINGS],
  read({ words, env }) {
    const [subcommand, action] = words.operands;
    if (subcommand === 'python' && action === 'install') return 'independent';
    if (subcommand === 'tool' && action === 'install') return 'independent';
    if (subcommand !== 'sync') return undefined;
    return {
      manager: uv.name,
      directory: optionValue(words, '--directory', '--project') ?? '.',
      inputs: (project) => uvInputs(project, words, env),
    };
  },
};

function uvInputs(project: Project, words: Arguments, env: Environment): Inputs | Refusal {
  const manifest = readTomlManifest(project, PYPROJECT);
  if (isRefusal(manifest)) return manifest;
  const obstacle =
    findWorkspace(project) ??
    refuseLocalPackages(manifest) ??
    refuseSettings(project) ??
    refuseProject(manifest, hasOption(words, '--no-install-project')) ??
    (hasOption(words, '--frozen') || isOn(env.get('UV_FROZEN')) ? undefined : refuseDynamic(manifest));
  if (obstacle !== undefined) return obstacle;
  const files = presentFiles(project, [...uv.locks, ...uv.settings]);
  const needsLock = hasOption(words, '--frozen', '--locked');
  if (needsLock && !files.includes(inProject(project, UV_LOCK)))
    return refuse('lock-missing', `the install needs ${UV_LOCK}, and the build context has none`);
  const place = env.get('UV_PROJECT_ENVIRONMENT') ?? '.venv';
  return { files: [manifest.path, ...files], outputs: place.startsWith('/') ? [] : [inProject(project, place)] };
}

/** A workspace of which the project is the root or may be a member. */
function findWorkspace(project: Project): Refusal | undefined {
  for (const directory of [project.directory, ...foldersAbove(project)]) {
    const toml = readToml({ ...project, directory }, PYPROJECT) ?? {};
    if (isRefusal(toml)) return toml;
    if (valueAt(toml, 'tool', 'uv', 'workspace') !== undefined)
      return refuse('inside-workspace', 'uv reads the manifests of the whole workspace');
  }
  return undefined;
}

function refuseSettings(project: Project): Refusal | undefined {
  const settings = readToml(project, UV_SETTINGS) ?? {};
  return isRefusal(settings) ? settings : refuseLocalIndex(inProject(project, UV_SETTINGS), settings);
}

/** Refuses a project that is a package, where it is installed too. */
function refuseProject({ toml }: TomlManifest, dependenciesOnly: boolean): Refusal | undefined {
  const isPackage = valueAt(toml, 'tool', 'uv', 'package') ?? toml['build-system'] !== undefined;
  if (isPackage === false || dependenciesOnly) return undefined;
  return refuse(
    'installs-project',
    '`uv sync` installs the project itself: add --no-install-project, and sync again after the copy',
  );
}

/** Without `--frozen` the lock file is compared with the project's metadata; what is dynamic in that is asked of its build. */
function refuseDynamic({ path, toml }: TomlManifest): Refusal | undefined {
  const [field] = stringsOf(valueAt(toml, 'project', 'dynamic'));
  if (field === undefined) return undefined;
  return refuse(
    'installs-project',
    `${path} has \`${field}\` worked out from the project's sources, and \`uv sync\` without --frozen does that`,
  );
}
