import { hasOption } from '../../commands/arguments.js';
import { refuse } from '../../refusal.js';
import type { PackageManager } from '../project/types.js';
import { managerFile } from './manager-file.js';

/** It fetches the package manager that `packageManager` of package.json names: `corepack install`. */
export const corepack: PackageManager = {
  name: 'corepack',
  program: 'corepack',
  locks: [],
  settings: [],
  read({ words }) {
    const [subcommand = '', ...named] = words.operands;
    if (subcommand === 'enable' || subcommand === 'disable' || subcommand === 'cache') return 'independent';
    if (subcommand !== 'install' && subcommand !== 'prepare') return undefined;
    if (named.length > 0) return named.every((name) => /^[\w-]+@/.test(name)) ? 'independent' : undefined;
    if (hasOption(words, '-g', '--global', '--all')) return undefined;
    return {
      manager: corepack.name,
      directory: '.',
      prepares: true,
      inputs(project) {
        const path = managerFile(project);
        return path === undefined
          ? refuse('manifest-missing', 'no package.json of the build context names a packageManager')
          : { files: [path] };
      },
    };
  },
};
