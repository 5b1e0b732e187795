import { hasOption, optionValue, type Arguments } from '../commands/arguments.js';
import { refuse, type Refusal } from '../refusal.js';
import { inProject, presentFiles, readPresent } from './project/files.js';
import { objectOf, readObject, type Json } from '../json.js';
import type { Ecosystem, Inputs, PackageManager, Project } from './project/types.js';

const COMPOSER_JSON = 'composer.json';
const VENDOR = 'vendor';

const manager: PackageManager = {
  name: 'composer',
  program: 'composer',
  locks: ['composer.lock'],
  settings: ['auth.json'],
  read({ words }) {
    const [subcommand, ...rest] = words.operands;
    if (['self-update', 'clear-cache', 'clearcache', 'cc', 'global', 'diagnose'].includes(subcommand ?? ''))
      return 'independent';
    if (subcommand === 'config') return hasOption(words, '-g', '--global') ? 'independent' : undefined;
    if ((subcommand !== 'install' && subcommand !== 'i') || rest.length > 0) return undefined;
    return {
      manager: manager.name,
      directory: optionValue(words, '-d', '--working-dir') ?? '.',
      inputs: (project) => composerInputs(project, words),
    };
  },
};

export const composer: Ecosystem = {
  manifests: [COMPOSER_JSON],
  settings: ['composer.*'],
  stems: ['composer'],
  tools: /\bcomposer\b/,
  outputs: [{ folder: VENDOR, filledBy: /\bcomposer(?:\.phar)?\b[^&|;]*\binstall\b/ }],
  managers: [manager],
};

function composerInputs(project: Project, words: Arguments): Inputs | Refusal {
  const path = inProject(project, COMPOSER_JSON);
  const json = readObject(() => JSON.parse(readPresent(project, path) ?? ''));
  if (json === undefined) return refuse('manifest-missing', `there is no readable ${path} in the build context`);
  const obstacle = scriptObstacle(json, words) ?? autoloadObstacle(json, words) ?? packageObstacle(json);
  if (obstacle !== undefined) return obstacle;
  const files = presentFiles(project, [...manager.locks, ...manager.settings]);
  const vendor = field(json, 'config', 'vendor-dir');
  return { files: [path, ...files], outputs: [inProject(project, typeof vendor === 'string' ? vendor : VENDOR)] };
}

const INSTALL_SCRIPTS =
  'pre-install-cmd post-install-cmd pre-update-cmd post-update-cmd pre-autoload-dump post-autoload-dump post-root-package-install pre-package-install post-package-install pre-operations-exec pre-pool-create'.split(
    ' ',
  );

function scriptObstacle(json: Json, words: Arguments): Refusal | undefined {
  if (hasOption(words, '--no-scripts')) return undefined;
  const script = INSTALL_SCRIPTS.find((name) => field(json, 'scripts', name) !== undefined);
  if (script === undefined) return undefined;
  return refuse(
    'install-scripts',
    `\`${script}\` of composer.json runs during the install: which files it reads is not known`,
  );
}

/** The autoloader is written by the install: with a class map from the sources, it needs them. */
function autoloadObstacle(json: Json, words: Arguments): Refusal | undefined {
  if (hasOption(words, '--no-autoloader')) return undefined;
  const optimised =
    hasOption(words, '-o', '--optimize-autoloader', '-a', '--classmap-authoritative', '--apcu-autoloader') ||
    field(json, 'config', 'optimize-autoloader') === true ||
    field(json, 'config', 'classmap-authoritative') === true;
  const mapped = ['autoload', 'autoload-dev'].some((group) => field(json, group, 'classmap') !== undefined);
  if (!optimised && !mapped) return undefined;
  return refuse('installs-project', "the install writes a class map of the project's sources into the autoloader");
}

function packageObstacle(json: Json): Refusal | undefined {
  const repositories = Object.values(objectOf(json['repositories']) ?? {});
  if (repositories.some((repository) => ['path', 'artifact'].includes(String(objectOf(repository)?.['type']))))
    return refuse('local-dependency', 'composer.json takes packages from folders of the project');
  const packages = Object.keys({ ...objectOf(json['require']), ...objectOf(json['require-dev']) });
  const writer = packages.find((name) =>
    /^symfony\/flex$|^composer\/installers$|patches$|oomphinc\/composer-installers/.test(name),
  );
  return writer === undefined
    ? undefined
    : refuse('install-scripts', `${writer} reads or writes files of the project during the install`);
}

function field(json: Json, group: string, name: string): unknown {
  return objectOf(json[group])?.[name];
}
