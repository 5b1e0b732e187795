import { hasOption, optionValue } from '../../commands/arguments.js';
import type { Call, Install, PackageManager } from '../project/types.js';
import { nodeInputs } from './inputs.js';
import { NPMRC } from './manifest.js';

const INSTALL = 'install i in ins inst insta instal isnt isnta isntal isntall'.split(' ');
const CLEAN_INSTALL = 'ci clean-install ic install-clean isntall-clean'.split(' ');
/** Touch the user's settings and cache alone. */
const INDEPENDENT = 'cache config set ping whoami'.split(' ');
const SCRIPTS = 'preinstall install postinstall prepublish preprepare prepare postprepare dependencies'.split(' ');

export const PACKAGE_LOCK = 'package-lock.json';

export const npm: PackageManager = {
  name: 'npm',
  program: 'npm',
  locks: ['npm-shrinkwrap.json', PACKAGE_LOCK],
  settings: [NPMRC],
  read(call) {
    const { words } = call;
    const [subcommand = '', ...packages] = words.operands;
    if (optionValue(words, '--location', '-L') === 'project') return undefined;
    if (INDEPENDENT.includes(subcommand) || (subcommand === '' && hasOption(words, '-v', '--version')))
      return 'independent';
    const clean = CLEAN_INSTALL.includes(subcommand);
    if (!clean && !INSTALL.includes(subcommand) && subcommand !== 'add') return undefined;
    const global = hasOption(words, '-g', '--global') || optionValue(words, '--location') === 'global';
    if (global) return packages.length > 0 && !packages.some(isLocal) ? 'independent' : undefined;
    if ((packages.length > 0 && !clean) || hasOption(words, '--workspace', '-w', '--workspaces')) return undefined;
    return npmInstall(call, clean);
  },
};

function npmInstall({ words, env }: Call, clean: boolean): Install {
  const ignoreScripts =
    hasOption(words, '--ignore-scripts') || /^true$/i.test(env.get('npm_config_ignore_scripts') ?? '');
  const onlyLocks = !clean && hasOption(words, '--package-lock-only');
  return {
    manager: npm.name,
    directory: optionValue(words, '--prefix', '-C') ?? '.',
    prepares: onlyLocks,
    inputs: (project) =>
      nodeInputs(project, {
        ...npm,
        needsLock: clean,
        writesLock: onlyLocks ? PACKAGE_LOCK : undefined,
        scripts: ignoreScripts || onlyLocks ? [] : SCRIPTS,
      }),
  };
}

/** `.`, `./x`, `/tmp/x.tgz`, `file:x`: a package that is no name. */
export function isLocal(word: string): boolean {
  return /^(?:\.{1,2}(?:\/|$)|\/|~\/|file:)/.test(word) || /\.(?:tgz|tar\.gz)$/.test(word);
}
