import { inProject, isPresent, presentFiles } from './files.js';
import { pathDependency, tableValue } from './toml.js';
import { refuse, type Ecosystem, type Environment, type Inputs, type Project, type Refusal } from './types.js';
import { hasOption, optionValue, readWords } from './words.js';

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
  const path = inProject(project, 'pyproject.toml');
  const text = isPresent(project, path, 'file') ? project.context.read(path) : undefined;
  if (text === undefined) return refuse('manifest-missing', `there is no ${path} in the build context`);
  if (!noRoot && tableValue(text, 'tool.poetry', 'package-mode') !== 'false')
    return refuse(
      'installs-project',
      '`poetry install` installs the project itself: add --no-root, and install it behind',
    );
  const local = pathDependency(text);
  if (local !== undefined)
    return refuse('local-dependency', `the dependency ${local} of ${path} is a folder of the project`);
  const files = presentFiles(project, ['poetry.lock', 'poetry.toml']);
  const settings = project.context.read(inProject(project, 'poetry.toml')) ?? '';
  const inside = /^\s*in-project\s*=\s*true/m.test(settings) || isOn(env.get('POETRY_VIRTUALENVS_IN_PROJECT'));
  return { files: [path, ...files], outputs: inside ? [inProject(project, '.venv')] : [] };
}

export function isOn(value: string | undefined): boolean {
  return value !== undefined && /^(?:1|true|yes|on)$/i.test(value);
}
