import { inProject, isPresent, presentFiles } from './files.js';
import { isOn } from './poetry.js';
import { pathDependency } from './toml.js';
import { refuse, type Ecosystem, type Environment, type Inputs, type Project, type Refusal } from './types.js';
import { hasOption, readWords } from './words.js';

export const pipenv: Ecosystem = {
  programs: ['pipenv'],
  read({ args, env }) {
    const words = readWords(args, ['--python', '--pypi-mirror', '-r', '-e', '--categories', '--extra-pip-args']);
    const [subcommand, ...packages] = words.operands;
    if (hasOption(words, '--version')) return 'independent';
    if ((subcommand !== 'install' && subcommand !== 'sync') || packages.length > 0) return undefined;
    if (hasOption(words, '-r', '-e', '--requirements', '--editable')) return undefined;
    return { manager: 'pipenv', directory: '.', inputs: (project) => pipenvInputs(project, env) };
  },
};

function pipenvInputs(project: Project, env: Environment): Inputs | Refusal {
  const path = inProject(project, 'Pipfile');
  const text = isPresent(project, path, 'file') ? project.context.read(path) : undefined;
  if (text === undefined) return refuse('manifest-missing', `there is no ${path} in the build context`);
  const local = pathDependency(text);
  if (local !== undefined)
    return refuse('local-dependency', `the dependency ${local} of ${path} is a folder of the project`);
  const outputs = isOn(env.get('PIPENV_VENV_IN_PROJECT')) ? [inProject(project, '.venv')] : [];
  return { files: [path, ...presentFiles(project, ['Pipfile.lock'])], outputs };
}
