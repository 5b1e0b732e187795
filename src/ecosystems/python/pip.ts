import { hasOption, optionValue, type Arguments } from '../../commands/arguments.js';
import { isRefusal, refuse } from '../../refusal.js';
import { isLocalPackage } from '../project/local-dependencies.js';
import type { Install, PackageManager } from '../project/types.js';
import { requirementFiles } from './requirements.js';

const FILES = ['-r', '--requirement', '--requirements', '-c', '--constraint', '--constraints', '--build-constraint'];
const INDEPENDENT = ['check', 'list', 'show', 'freeze', 'cache', 'config', 'debug', 'help', 'uninstall'];

/** `pip`, `python -m pip` and `uv pip`. */
export const pip: PackageManager = {
  name: 'pip',
  program: 'pip',
  locks: [],
  settings: [],
  read({ words, env }) {
    const [subcommand = '', ...packages] = words.operands;
    if (INDEPENDENT.includes(subcommand) || (subcommand === '' && hasOption(words, '--version', '-V')))
      return 'independent';
    const sync = subcommand === 'sync';
    if (subcommand !== 'install' && !sync) return undefined;
    const files = requirementPaths(words).concat(sync ? packages : []);
    const local = sync ? undefined : (localPackage(words, packages) ?? env.get('PIP_FIND_LINKS'));
    if (files.length === 0 && local === undefined)
      return packages.length > 0 && intoSystem(words) ? 'independent' : undefined;
    return pipInstall(words, files.concat(env.get('PIP_CONSTRAINT') ?? []), local);
  },
};

function pipInstall(words: Arguments, files: readonly string[], local: string | undefined): Install {
  return {
    manager: pip.name,
    directory: '.',
    named: files,
    inputs(project) {
      if (local !== undefined)
        return refuse(
          'installs-project',
          `\`pip install ${local}\` builds the project itself: it reads all of its files`,
        );
      if (!intoSystem(words)) return refuse('output-in-project', 'pip is told to install into a folder of its own');
      // A file elsewhere in the image is there already: of the project it needs what it names.
      const copied = files.filter((file) => project.resolve(file) === undefined);
      const origins = copied.map((file) => project.elsewhere?.(file)).filter((path) => path !== undefined);
      const there = requirementFiles(project, origins);
      if (isRefusal(there)) return there;
      const paths = files.map((file) => project.resolve(file)).filter((path) => path !== undefined);
      return requirementFiles(project, paths);
    },
  };
}

function requirementPaths(words: Arguments): string[] {
  return words.options.flatMap(({ name, value }) => (FILES.includes(name) && value !== undefined ? [value] : []));
}

function localPackage(words: Arguments, packages: readonly string[]): string | undefined {
  const editable = words.options.find(
    ({ name, value }) => /^(?:-e|--editable)$/.test(name) && !/:\/\//.test(value ?? ''),
  );
  const links = words.options.find(
    ({ name, value }) => /^(?:-f|--find-links)$/.test(name) && !/:\/\//.test(value ?? ''),
  );
  return editable?.value ?? links?.value ?? packages.find(isLocalPackage);
}

/** Into site-packages, not into a folder that the command names. */
function intoSystem(words: Arguments): boolean {
  return optionValue(words, '-t', '--target', '--root', '--prefix', '--src') === undefined;
}
