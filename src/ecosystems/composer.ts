import { hasOption, optionValue, type Arguments } from '../commands/arguments.js';
import { parentPath } from '../paths.js';
import { refuse, type Refusal } from '../refusal.js';
import { followed } from '../text-test.js';
import { inProject, isPresent, presentFiles, readPresent } from './project/files.js';
import { type Json, objectOf, objectsIn, parseObject } from '../json.js';
import { refusePlugins } from './composer-plugins.js';
import type { Ecosystem, Environment, Inputs, PackageManager, Project } from './project/types.js';

const COMPOSER_JSON = 'composer.json';
const VENDOR = 'vendor';

const manager: PackageManager = {
  name: 'composer',
  program: 'composer',
  locks: ['composer.lock'],
  settings: ['auth.json'],
  read({ words, env }) {
    const [subcommand, ...rest] = words.operands;
    if (['self-update', 'clear-cache', 'clearcache', 'cc', 'global', 'diagnose'].includes(subcommand ?? ''))
      return 'independent';
    if (subcommand === 'config') return hasOption(words, '-g', '--global') ? 'independent' : undefined;
    if ((subcommand !== 'install' && subcommand !== 'i') || rest.length > 0) return undefined;
    return {
      manager: manager.name,
      directory: optionValue(words, '-d', '--working-dir') ?? '.',
      inputs: (project) => composerInputs(project, words, env),
    };
  },
};

export const composer: Ecosystem = {
  manifests: [COMPOSER_JSON],
  settings: ['composer.*'],
  stems: ['composer'],
  tools: /\bcomposer\b/,
  outputs: [{ folder: VENDOR, filledBy: followed(/\bcomposer(?:\.phar)?\b/, /\binstall\b/, /[&|;]/) }],
  managers: [manager],
};

function composerInputs(project: Project, words: Arguments, env: Environment): Inputs | Refusal {
  const named = env.get('COMPOSER') ?? '';
  const path = project.resolve(named === '' ? COMPOSER_JSON : named);
  const json = path === undefined ? undefined : parseObject(readPresent(project, path));
  if (path === undefined || json === undefined)
    return refuse('manifest-missing', `there is no readable ${path ?? named} in the build context`);
  if (parentPath(path) !== project.directory)
    return refuse('folder-unknown', `$COMPOSER names ${path}: from where its paths count is not known`);
  const lock = path.replace(/(?:\.json)?$/, '.lock');
  const obstacle =
    scriptObstacle(path, json, words, isPresent(project, lock, 'file')) ??
    autoloadObstacle(json, words) ??
    repositoryObstacle(path, json) ??
    (hasOption(words, '--no-plugins')
      ? undefined
      : refusePlugins(path, json, readPresent(project, lock), !hasOption(words, '--no-dev')));
  if (obstacle !== undefined) return obstacle;
  const locks = [lock].filter((file) => isPresent(project, file, 'file'));
  const vendor = field(json, 'config', 'vendor-dir');
  return {
    files: [path, ...locks, ...presentFiles(project, manager.settings)],
    outputs: [inProject(project, typeof vendor === 'string' ? vendor : VENDOR)],
    formats: new Map([[path, COMPOSER_JSON]]),
  };
}

/** With a lock file, which the install takes as it is; without one it is an update. */
const WITH_LOCK = ['pre-install-cmd', 'post-install-cmd'];
const WITHOUT_LOCK = ['pre-update-cmd', 'post-update-cmd'];
const ANYWAY = ['pre-package-install', 'post-package-install', 'pre-operations-exec', 'pre-pool-create'];
const OF_AUTOLOADER = ['pre-autoload-dump', 'post-autoload-dump'];

/** https://getcomposer.org/doc/articles/scripts.md says which of them run when. */
function scriptObstacle(path: string, json: Json, words: Arguments, locked: boolean): Refusal | undefined {
  if (hasOption(words, '--no-scripts')) return undefined;
  const autoloader = hasOption(words, '--no-autoloader') ? [] : OF_AUTOLOADER;
  const events = [...(locked ? WITH_LOCK : WITHOUT_LOCK), ...autoloader, ...ANYWAY];
  const script = events.find((name) => field(json, 'scripts', name) !== undefined);
  if (script === undefined) return undefined;
  return refuse(
    'install-scripts',
    `\`${script}\` of ${path} runs during the install: which files it reads is not known`,
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

function repositoryObstacle(path: string, json: Json): Refusal | undefined {
  return objectsIn(json['repositories']).some(({ type }) => type === 'path' || type === 'artifact')
    ? refuse('local-dependency', `${path} takes packages from folders of the project`)
    : undefined;
}

function field(json: Json, group: string, name: string): unknown {
  return objectOf(json[group])?.[name];
}
