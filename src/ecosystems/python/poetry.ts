import { inProject, presentFiles } from '../files.js';
import { refuseLocalPackages } from './pyproject.js';
import { readToml, readTomlManifest, valueAt } from '../toml.js';
import { isRefusal, refuse, type Refusal } from '../../refusal.js';
import type { Ecosystem, Environment, Inputs, Project } from '../types.js';
import { hasOption, isOn, optionValue, readWords } from '../words.js';

const VALUED = ['-C', '--directory', '-P', '--project', '--only', '--with', '--without', '-E', '--extras'];

export const poetry: Ecosystem = {
  programs: ['poetry'],
  read({ args, env }) {
    const words = readWords(args, VALUED);
    const [subcommand] = words.operands;
    if (subcommand === 'config') return hasOption(words, '--local') ? undefined : 'independent';
    if (subcommand === 'self' || hasOption(words, '--version', '-V')) return 'independent';
    if (subcommand !== 'install' && subcommand !== 'sync') return undefined;
    const noRoot = hasOption(words, '--no-root');
    return {
      manager: 'poetry',
      directory: optionValue(words, '-C', '--directory') ?? '.',
      inputs: (project) => poetryInputs(project, noRoot, env),
    };
  },
};

function poetryInputs(project: Project, noRoot: boolean, env: Environment): Inputs | Refusal {
  const manifest = readTomlManifest(project, 'pyproject.toml');
  if (isRefusal(manifest)) return manifest;
  if (!noRoot && valueAt(manifest.toml, 'tool', 'poetry', 'package-mode') !== false)
    return refuse(
      'installs-project',
      '`poetry install` installs the project itself: add --no-root, and install the project after the copy',
    );
  const local = refuseLocalPackages(manifest);
  if (local !== undefined) return local;
  const settings = readToml(project, 'poetry.toml') ?? {};
  if (isRefusal(settings)) return settings;
  const inside =
    valueAt(settings, 'virtualenvs', 'in-project') === true || isOn(env.get('POETRY_VIRTUALENVS_IN_PROJECT'));
  const files = presentFiles(project, ['poetry.lock', 'poetry.toml']);
  return { files: [manifest.path, ...files], outputs: inside ? [inProject(project, '.venv')] : [] };
}
