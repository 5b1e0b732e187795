import { hasOption, optionValue, readWords } from '../words.js';
import { nodeInputs } from './inputs.js';
import { isLocal } from './npm.js';
import type { Ecosystem } from '../types.js';

const SCRIPTS = 'preinstall install postinstall preprepare prepare postprepare'.split(' ');

export const bun: Ecosystem = {
  programs: ['bun'],
  read(command) {
    const words = readWords(command.args, [
      '--cwd',
      '--omit',
      '--registry',
      '--cache-dir',
      '--backend',
      '--config',
      '-c',
    ]);
    const [subcommand = '', ...packages] = words.operands;
    if (!['install', 'i', 'ci', 'add'].includes(subcommand)) return undefined;
    if (hasOption(words, '-g', '--global'))
      return packages.length > 0 && !packages.some(isLocal) ? 'independent' : undefined;
    if (packages.length > 0 || subcommand === 'add') return undefined;
    return {
      manager: 'bun',
      directory: optionValue(words, '--cwd') ?? '.',
      inputs: (project) =>
        nodeInputs(project, {
          manager: 'bun',
          locks: ['bun.lock', 'bun.lockb', 'yarn.lock', 'package-lock.json'],
          settings: ['bunfig.toml', '.npmrc'],
          needsLock: subcommand === 'ci',
          scripts: hasOption(words, '--ignore-scripts') ? [] : SCRIPTS,
        }),
    };
  },
};
