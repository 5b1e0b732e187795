import { hasOption, optionValue, readWords, type Words } from '../words.js';
import { nodeInputs } from './inputs.js';
import type { Ecosystem, Install, Invocation } from '../types.js';

const INSTALL = 'install i in ins inst insta instal isnt isnta isntal isntall'.split(' ');
const CLEAN_INSTALL = 'ci clean-install ic install-clean isntall-clean'.split(' ');
/** Touch the user's settings and cache alone. */
const INDEPENDENT = 'cache config set ping whoami'.split(' ');
const VALUED =
  '--prefix -C --omit --include --only --cache --registry --loglevel --workspace -w --tag --userconfig --fetch-retries --fetch-timeout --maxsockets --location -L --otp --install-strategy'.split(
    ' ',
  );
const SCRIPTS = 'preinstall install postinstall prepublish preprepare prepare postprepare dependencies'.split(' ');

export const npm: Ecosystem = {
  programs: ['npm'],
  read(command) {
    const words = readWords(command.args, VALUED);
    const [subcommand = '', ...packages] = words.operands;
    if (optionValue(words, '--location', '-L') === 'project') return undefined;
    if (INDEPENDENT.includes(subcommand) || (subcommand === '' && hasOption(words, '-v', '--version')))
      return 'independent';
    const clean = CLEAN_INSTALL.includes(subcommand);
    if (!clean && !INSTALL.includes(subcommand) && subcommand !== 'add') return undefined;
    const global = hasOption(words, '-g', '--global') || optionValue(words, '--location') === 'global';
    if (global) return packages.length > 0 && !packages.some(isLocal) ? 'independent' : undefined;
    if ((packages.length > 0 && !clean) || hasOption(words, '--workspace', '-w', '--workspaces')) return undefined;
    return npmInstall(command, words, clean);
  },
};

function npmInstall(command: Invocation, words: Words, clean: boolean): Install {
  const ignoreScripts =
    hasOption(words, '--ignore-scripts') || /^true$/i.test(command.env.get('npm_config_ignore_scripts') ?? '');
  return {
    manager: 'npm',
    directory: optionValue(words, '--prefix', '-C') ?? '.',
    inputs: (project) =>
      nodeInputs(project, {
        manager: 'npm',
        locks: ['npm-shrinkwrap.json', 'package-lock.json'],
        settings: ['.npmrc'],
        needsLock: clean,
        scripts: ignoreScripts ? [] : SCRIPTS,
      }),
  };
}

/** `.`, `./x`, `/tmp/x.tgz`, `file:x`: a package that is no name. */
export function isLocal(word: string): boolean {
  return /^(?:\.{1,2}(?:\/|$)|\/|~\/|file:)/.test(word) || /\.(?:tgz|tar\.gz)$/.test(word);
}
