import { foldersAbove, inProject, presentFiles } from '../files.js';
import { refuseLocalIndex, refuseLocalPackages } from './pyproject.js';
import { readToml, readTomlManifest, valueAt, type TomlManifest } from '../toml.js';
import { isRefusal, refuse, type Refusal } from '../../refusal.js';
import type { Ecosystem, Environment, Inputs, Project } from '../types.js';
import { hasOption, optionValue, readWords, type Words } from '../words.js';

const VALUED =
  '--directory --project --group --only-group --no-group --extra --no-extra --package -p --python --index-url --extra-index-url --index --default-index --link-mode --cache-dir --no-install-package --config-file'.split(
    ' ',
  );

/** `uv sync`; pip reads `uv pip`. */
export const uv: Ecosystem = {
  programs: ['uv'],
  read({ args, env }) {
    const words = readWords(args, VALUED);
    const [subcommand, action] = words.operands;
    if (subcommand === 'python' && action === 'install') return 'independent';
    if (subcommand === 'tool' && action === 'install') return 'independent';
    if (subcommand !== 'sync') return undefined;
    return {
      manager: 'uv',
      directory: optionValue(words, '--directory', '--project') ?? '.',
      inputs: (project) => uvInputs(project, words, env),
    };
  },
};

function uvInputs(project: Project, words: Words, env: Environment): Inputs | Refusal {
  const manifest = readTomlManifest(project, 'pyproject.toml');
  if (isRefusal(manifest)) return manifest;
  const obstacle =
    findWorkspace(project) ??
    refuseLocalPackages(manifest) ??
    refuseSettings(project) ??
    refuseProject(manifest, hasOption(words, '--no-install-project'));
  if (obstacle !== undefined) return obstacle;
  const files = presentFiles(project, ['uv.lock', '.python-version', 'uv.toml']);
  const needsLock = hasOption(words, '--frozen', '--locked');
  if (needsLock && !files.includes(inProject(project, 'uv.lock')))
    return refuse('lock-missing', 'the install needs uv.lock, and the build context has none');
  const place = env.get('UV_PROJECT_ENVIRONMENT') ?? '.venv';
  return { files: [manifest.path, ...files], outputs: place.startsWith('/') ? [] : [inProject(project, place)] };
}

/** A workspace of which the project is the root or may be a member. */
function findWorkspace(project: Project): Refusal | undefined {
  for (const directory of [project.directory, ...foldersAbove(project)]) {
    const toml = readToml({ ...project, directory }, 'pyproject.toml') ?? {};
    if (isRefusal(toml)) return toml;
    if (valueAt(toml, 'tool', 'uv', 'workspace') !== undefined)
      return refuse('inside-workspace', 'uv reads the manifests of the whole workspace');
  }
  return undefined;
}

function refuseSettings(project: Project): Refusal | undefined {
  const settings = readToml(project, 'uv.toml') ?? {};
  return isRefusal(settings) ? settings : refuseLocalIndex(inProject(project, 'uv.toml'), settings);
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
