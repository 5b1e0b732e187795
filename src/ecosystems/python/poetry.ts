import { hasOption, optionValue } from '../../commands/arguments.js';
import { isRefusal, refuse, type Refusal } from '../../refusal.js';
import { inProject, presentFiles } from '../project/files.js';
import { isOn } from '../project/environment.js';
import { readToml, readTomlManifest, valueAt } from '../project/toml.js';
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
    if (subcommand !== 'install' && subcommand !== 'sync') return undefined;
    const noRoot = hasOption(words, '--no-root');
    return {
      manager: poetry.name,
      directory: optionValue(words, '-C', '--directory') ?? '.',
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
  const local = refuseLocalPackages(manifest);
  if (local !== undefined) return local;
  const settings = readToml(project, POETRY_SETTINGS) ?? {};
  if (isRefusal(settings)) return settings;
  const inside =
    valueAt(settings, 'virtualenvs', 'in-project') === true || isOn(env.get('POETRY_VIRTUALENVS_IN_PROJECT'));
  const files = presentFiles(project, [...poetry.locks, ...poetry.settings]);
  return { files: [manifest.path, ...files], outputs: inside ? [inProject(project, '.venv')] : [] };
}
