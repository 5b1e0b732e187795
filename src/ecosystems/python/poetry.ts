import { hasOption, optionValue } from '../../commands/arguments.js';
import { isRefusal, refuse, type Refusal } from '../../refusal.js';
import { inProject, presentFiles } from '../project/files.js';
import { isOn } from '../project/environment.js';
import { readToml, readTomlManifest, valueAt, type TomlManifest } from '../project/toml.js';
import type { Environment, Inputs, PackageManager, Project } from '../project/types.js';
import { PYPROJECT, refuseLocalPackages } from './pyproject.js';

const POETRY_SETTINGS = 'poetry.toml';

export const poetry: PackageManager = {
  name: 'poetry',
  program: 'poetry',
  locks: ['poetry.lock'],
  settings: [POETRY_SETTINGS],
  read({ words, env }) {
    const [subcommand] = words.operands;
    if (subcommand === 'config') return hasOption(words, '--local') ? undefined : 'independent';
    if (subcommand === 'self' || hasOption(words, '--version', '-V')) return 'independent';
    const onlyLocks = subcommand === 'lock';
    if (!onlyLocks && subcommand !== 'install' && subcommand !== 'sync') return undefined;
    const directory = optionValue(words, '-C', '--directory') ?? '.';
    if (onlyLocks) return { manager: poetry.name, directory, prepares: true, inputs: lockInputs };
    const noRoot = hasOption(words, '--no-root');
    return {
      manager: poetry.name,
      directory,
      inputs: (project) => poetryInputs(project, noRoot, env),
    };
  },
};

function poetryInputs(project: Project, noRoot: boolean, env: Environment): Inputs | Refusal {
  const manifest = readTomlManifest(project, PYPROJECT);
  if (isRefusal(manifest)) return manifest;
  if (!noRoot && valueAt(manifest.toml, 'tool', 'poetry', 'package-mode') !== false)
    return refuse(
      'installs-project',
      '`poetry install` installs the project itself: add --no-root, and install the project after the copy',
    );
  const inputs = dependencyInputs(project, manifest);
  if (isRefusal(inputs)) return inputs;
  const settings = readToml(project, POETRY_SETTINGS) ?? {};
  if (isRefusal(settings)) return settings;
  const inside =
    valueAt(settings, 'virtualenvs', 'in-project') === true || isOn(env.get('POETRY_VIRTUALENVS_IN_PROJECT'));
  return { ...inputs, outputs: inside ? [inProject(project, '.venv')] : [] };
}

/** `poetry lock`: a lock file of the context would take the place of the one that is written. */
function lockInputs(project: Project): Inputs | Refusal {
  const manifest = readTomlManifest(project, PYPROJECT);
  if (isRefusal(manifest)) return manifest;
  const inputs = dependencyInputs(project, manifest);
  return isRefusal(inputs) ? inputs : { ...inputs, outputs: presentFiles(project, poetry.locks) };
}

function dependencyInputs(project: Project, manifest: TomlManifest): Inputs | Refusal {
  const files = presentFiles(project, [...poetry.locks, ...poetry.settings]);
  return refuseLocalPackages(manifest) ?? { files: [manifest.path, ...files] };
}
