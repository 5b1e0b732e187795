import { hasOption } from '../../commands/arguments.js';
import { isRefusal, type Refusal } from '../../refusal.js';
import { isOn } from '../project/environment.js';
import { inProject, presentFiles } from '../project/files.js';
import { refuseLocal } from '../project/local-dependencies.js';
import { readTomlManifest, subtables } from '../project/toml.js';
import type { Environment, Inputs, PackageManager, Project } from '../project/types.js';

export const PIPFILE = 'Pipfile';

export const pipenv: PackageManager = {
  name: 'pipenv',
  program: 'pipenv',
  locks: ['Pipfile.lock'],
  settings: [],
  read({ words, env }) {
    const [subcommand, ...packages] = words.operands;
    if (hasOption(words, '--version')) return 'independent';
    if ((subcommand !== 'install' && subcommand !== 'sync') || packages.length > 0) return undefined;
    if (hasOption(words, '-r', '-e', '--requirements', '--editable')) return undefined;
    return { manager: pipenv.name, directory: '.', inputs: (project) => pipenvInputs(project, env) };
  },
};

function pipenvInputs(project: Project, env: Environment): Inputs | Refusal {
  const manifest = readTomlManifest(project, PIPFILE);
  if (isRefusal(manifest)) return manifest;
  // Each of its tables is a group of packages, or names none.
  const local = refuseLocal(manifest, subtables(manifest.toml));
  if (local !== undefined) return local;
  const outputs = isOn(env.get('PIPENV_VENV_IN_PROJECT')) ? [inProject(project, '.venv')] : [];
  return { files: [manifest.path, ...presentFiles(project, pipenv.locks)], outputs };
}
