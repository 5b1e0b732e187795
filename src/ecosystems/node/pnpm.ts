import { hasOption, optionValue, readWords } from '../words.js';
import { nodeInputs } from './inputs.js';
import { isLocal } from './npm.js';
import type { Ecosystem } from '../types.js';

const VALUED =
  '-C --dir --filter -F --registry --store-dir --loglevel --reporter --network-concurrency --virtual-store-dir --prefix'.split(
    ' ',
  );
const SCRIPTS = 'pnpm:devPreinstall preinstall install postinstall prepublish preprepare prepare postprepare'.split(
  ' ',
);

export const pnpm: Ecosystem = {
  programs: ['pnpm'],
  read(command) {
    const words = readWords(command.args, VALUED);
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
      manager: 'pnpm',
      directory: optionValue(words, '-C', '--dir', '--prefix') ?? '.',
      inputs: (project) =>
        nodeInputs(project, {
          manager: 'pnpm',
          locks: ['pnpm-lock.yaml'],
          settings: ['pnpm-workspace.yaml', '.npmrc', '.pnpmfile.cjs', '.pnpmfile.mjs', 'pnpmfile.js'],
          needsLock: frozen,
          scripts: fetch || hasOption(words, '--ignore-scripts') ? [] : SCRIPTS,
        }),
    };
  },
};
