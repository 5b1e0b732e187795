import { isLocalPackage } from '../local-dependencies.js';
import { requirementFiles } from './requirements.js';
import { refuse } from '../../refusal.js';
import type { Ecosystem, Install, Invocation } from '../types.js';
import { hasOption, optionValue, readWords, type Words } from '../words.js';

const FILES = ['-r', '--requirement', '--requirements', '-c', '--constraint', '--constraints', '--build-constraint'];
const VALUED = [
  ...FILES,
  ...'-e --editable -f --find-links -i --index-url --extra-index-url --index --default-index --trusted-host -t --target --prefix --root --src --platform --python-version --implementation --abi --only-binary --no-binary --timeout --default-timeout --retries --progress-bar --cache-dir --proxy --cert --client-cert --upgrade-strategy --use-feature --use-deprecated --config-settings -C --report --log -p --python --link-mode --prerelease --resolution --index-strategy --extra --group'.split(
    ' ',
  ),
];
const INDEPENDENT = [
  'check',
  'list',
  'show',
  'freeze',
  'cache',
  'config',
  'debug',
  'help',
  'uninstall',
  '--version',
  '-V',
];

export const pip: Ecosystem = {
  programs: ['pip', 'pip2', 'pip3', 'python', 'python2', 'python3', 'uv'],
  read(command) {
    const args = pipArguments(command);
    if (args === undefined) return undefined;
    const words = readWords(args, VALUED);
    const [subcommand = '', ...packages] = words.operands;
    if (INDEPENDENT.includes(subcommand) || (subcommand === '' && hasOption(words, '--version', '-V')))
      return 'independent';
    const sync = subcommand === 'sync';
    if (subcommand !== 'install' && !sync) return undefined;
    const files = requirementPaths(words).concat(sync ? packages : []);
    const local = sync ? undefined : (localPackage(words, packages) ?? command.env.get('PIP_FIND_LINKS'));
    if (files.length === 0 && local === undefined)
      return packages.length > 0 && intoSystem(words) ? 'independent' : undefined;
    return pipInstall(words, files.concat(command.env.get('PIP_CONSTRAINT') ?? []), local);
  },
};

function pipInstall(words: Words, files: readonly string[], local: string | undefined): Install {
  return {
    manager: 'pip',
    directory: '.',
    inputs(project) {
      if (local !== undefined)
        return refuse(
          'installs-project',
          `\`pip install ${local}\` builds the project itself: it reads all of its files`,
        );
      if (!intoSystem(words)) return refuse('output-in-project', 'pip is told to install into a folder of its own');
      // A file elsewhere in the image is there already.
      const paths = files.map((file) => project.resolve(file)).filter((path) => path !== undefined);
      return requirementFiles(project, paths);
    },
  };
}

/** The arguments of pip in `pip …`, `python -m pip …` and `uv pip …`. */
function pipArguments({ program, args }: Invocation): readonly string[] | undefined {
  if (program === 'uv') return args[0] === 'pip' ? args.slice(1) : undefined;
  if (program.startsWith('pip')) return args;
  return args[0] === '-m' && args[1] === 'pip' ? args.slice(2) : undefined;
}

function requirementPaths(words: Words): string[] {
  return words.options.flatMap(({ name, value }) => (FILES.includes(name) && value !== undefined ? [value] : []));
}

function localPackage(words: Words, packages: readonly string[]): string | undefined {
  const editable = words.options.find(
    ({ name, value }) => /^(?:-e|--editable)$/.test(name) && !/:\/\//.test(value ?? ''),
  );
  const links = words.options.find(
    ({ name, value }) => /^(?:-f|--find-links)$/.test(name) && !/:\/\//.test(value ?? ''),
  );
  return editable?.value ?? links?.value ?? packages.find(isLocalPackage);
}

/** Into site-packages, not into a folder that the command names. */
function intoSystem(words: Words): boolean {
  return optionValue(words, '-t', '--target', '--root', '--prefix', '--src') === undefined;
}
