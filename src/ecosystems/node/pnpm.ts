import { hasOption, optionValue } from '../../commands/arguments.js';
import type { PackageManager } from '../project/types.js';
import { nodeInputs } from './inputs.js';
import { NPMRC, PNPM_WORKSPACE } from './manifest.js';
import { isLocal } from './npm.js';

const SCRIPTS = 'pnpm:devPreinstall preinstall install postinstall prepublish preprepare prepare postprepare'.split(
  ' ',
);

export const pnpm: PackageManager = {
  name: 'pnpm',
  program: 'pnpm',
  locks: ['pnpm-lock.yaml'],
  settings: [PNPM_WORKSPACE, NPMRC, '.pnpmfile.cjs', '.pnpmfile.mjs', 'pnpmfile.js'],
  read({ words }) {
    const [subcommand = '', ...packages] = words.operands;
    const global = hasOption(words, '-g', '--global');
    if (subcommand === 'config') return global ? 'independent' : undefined;
    if (['store', 'setup', ''].includes(subcommand)) return subcommand === '' ? undefined : 'independent';
    if (global && ['add', 'install', 'i'].includes(subcommand))
      return packages.length > 0 && !packages.some(isLocal) ? 'independent' : undefined;
    const fetch = subcommand === 'fetch';
    if ((!fetch && !['install', 'i', 'ci'].includes(subcommand)) || packages.length > 0) return undefined;
    const frozen = hasOption(words, '--frozen-lockfile') || fetch || subcommand === 'ci';
    return {
      manager: pnpm.name,
      directory: optionValue(words, '-C', '--dir', '--prefix') ?? '.',
      inputs: (project) =>
        nodeInputs(project, {
          ...pnpm,
          needsLock: frozen,
          scripts: fetch || hasOption(words, '--ignore-scripts') ? [] : SCRIPTS,
        }),
    };
  },
};
