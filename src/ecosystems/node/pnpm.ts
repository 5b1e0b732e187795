import { hasOption, optionValue } from '../../commands/arguments.js';
import { isOn } from '../project/environment.js';
import type { PackageManager } from '../project/types.js';
import { nodeInputs } from './inputs.js';
import { NPMRC, PNPM_WORKSPACE } from './manifest.js';
import { isLocal } from './npm.js';

const PNPM_LOCK = 'pnpm-lock.yaml';
const SCRIPTS = 'pnpm:devPreinstall preinstall install postinstall prepublish preprepare prepare postprepare'.split(
  ' ',
);

const INJECTS = ['npm_config_inject_workspace_packages', 'pnpm_config_inject_workspace_packages'];

export const pnpm: PackageManager = {
  name: 'pnpm',
  program: 'pnpm',
  locks: [PNPM_LOCK],
  settings: [PNPM_WORKSPACE, NPMRC, '.pnpmfile.cjs', '.pnpmfile.mjs', 'pnpmfile.js'],
  read({ words, env }) {
    const [subcommand = '', ...packages] = words.operands;
    const global = hasOption(words, '-g', '--global');
    if (subcommand === 'config') return global ? 'independent' : undefined;
    if (['store', 'setup', ''].includes(subcommand)) return subcommand === '' ? undefined : 'independent';
    if (global && ['add', 'install', 'i'].includes(subcommand))
      return packages.length > 0 && !packages.some(isLocal) ? 'independent' : undefined;
    const fetch = subcommand === 'fetch';
    if ((!fetch && !['install', 'i', 'ci'].includes(subcommand)) || packages.length > 0) return undefined;
    const frozen = hasOption(words, '--frozen-lockfile') || fetch || subcommand === 'ci';
    const onlyLocks = hasOption(words, '--lockfile-only');
    return {
      manager: pnpm.name,
      directory: optionValue(words, '-C', '--dir', '--prefix') ?? '.',
      prepares: onlyLocks,
      inputs: (project) =>
        nodeInputs(project, {
          ...pnpm,
          writesLock: onlyLocks ? PNPM_LOCK : undefined,
          injects:
            hasOption(words, '--config.inject-workspace-packages') || INJECTS.some((name) => isOn(env.get(name))),
          needsLock: frozen,
          scripts: fetch || onlyLocks || hasOption(words, '--ignore-scripts') ? [] : SCRIPTS,
        }),
    };
  },
};
