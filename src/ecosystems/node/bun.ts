import { hasOption, optionValue } from '../../commands/arguments.js';
import type { PackageManager } from '../project/types.js';
import { nodeInputs } from './inputs.js';
import { isLocal, PACKAGE_LOCK } from './npm.js';
import { NPMRC } from './manifest.js';
import { YARN_LOCK } from './yarn-release.js';

const SCRIPTS = 'preinstall install postinstall preprepare prepare postprepare'.split(' ');

export const bun: PackageManager = {
  name: 'bun',
  program: 'bun',
  locks: ['bun.lock', 'bun.lockb', YARN_LOCK, PACKAGE_LOCK],
  settings: ['bunfig.toml', NPMRC],
  read({ words }) {
    const [subcommand = '', ...packages] = words.operands;
    if (!['install', 'i', 'ci', 'add'].includes(subcommand)) return undefined;
    if (hasOption(words, '-g', '--global'))
      return packages.length > 0 && !packages.some(isLocal) ? 'independent' : undefined;
    if (packages.length > 0 || subcommand === 'add') return undefined;
    const scripts = hasOption(words, '--ignore-scripts') ? [] : SCRIPTS;
    return {
      manager: bun.name,
      directory: optionValue(words, '--cwd') ?? '.',
      inputs: (project) => nodeInputs(project, { ...bun, needsLock: subcommand === 'ci', scripts }),
    };
  },
};
