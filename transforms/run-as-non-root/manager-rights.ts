/** What a package manager needs: root, or the account that owns the project. */
import type { PackageAction } from '../../src/commands/packages.js';
import type { Program } from '../../src/commands/program.js';
import { isModuleInstall, runsForAll } from './node-commands.js';
import { safeScript } from './package-scripts.js';
import { isOneOf, type Place, type Rights } from './path-rights.js';
import { pipRights, uvRights } from './python-rights.js';

export function managerRights(action: PackageAction, program: Program, place: Place): Rights | undefined {
  const { manager, kind, flags } = action;
  const inProject = isOneOf(place.own, place.directory);
  if (program.row?.manager?.system === true || manager === 'gem') return 'root';
  if (manager === 'pip') return pipRights(action, program, place);
  if (manager === 'uv') return uvRights(action, place);
  if (manager === 'composer') return inProject && !flags.includes('-g') ? 'account' : undefined;
  if (manager === 'bundler') return action.subcommand?.text === 'exec' && inProject ? 'account' : undefined;
  if (program.row?.language !== 'node') return undefined;
  if (runsForAll(program)) return 'root';
  if (action.subcommand?.text === 'config') return 'account';
  // The cache of whoever runs it: nothing of the project.
  if (kind === 'clean') return 'either';
  if (!inProject) return undefined;
  if (isModuleInstall(program))
    return safeScript(place.image, place.directory, INSTALL_SCRIPTS) ? 'account' : undefined;
  const [script] = action.subcommand?.text === 'run' ? action.operands : [action.subcommand];
  if (action.subcommand?.text === 'prune') return 'account';
  return script?.value !== undefined && safeScript(place.image, place.directory, [script.value], true)
    ? 'account'
    : undefined;
}

const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];
