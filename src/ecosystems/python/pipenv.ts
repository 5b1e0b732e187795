import { inProject, presentFiles } from '../files.js';
import { refuseLocal } from '../local-dependencies.js';
import { readTomlManifest, subtables } from '../toml.js';
import { isRefusal, type Refusal } from '../../refusal.js';
import type { Ecosystem, Environment, Inputs, Project } from '../types.js';
import { hasOption, isOn, readWords } from '../words.js';

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
  const manifest = readTomlManifest(project, 'Pipfile');
  if (isRefusal(manifest)) return manifest;
  // Each of its tables is a group of packages, or names none.
  const local = refuseLocal(manifest, subtables(manifest.toml));
  if (local !== undefined) return local;
  const outputs = isOn(env.get('PIPENV_VENV_IN_PROJECT')) ? [inProject(project, '.venv')] : [];
  return { files: [manifest.path, ...presentFiles(project, ['Pipfile.lock'])], outputs };
}
