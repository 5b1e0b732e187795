import { inProject, isPresent, presentFiles } from './files.js';
import { refuse, type Refusal } from '../refusal.js';
import type { Ecosystem, Inputs, Project } from './types.js';
import { hasOption, optionValue, readWords, type Words } from './words.js';

export const composer: Ecosystem = {
  programs: ['composer', 'composer.phar', 'php'],
  read({ program, args }) {
    if (program === 'php' && !/composer(?:\.phar)?$/.test(args[0] ?? '')) return undefined;
    const words = readWords(program === 'php' ? args.slice(1) : args, ['-d', '--working-dir', '--prefer-install']);
    const [subcommand, ...rest] = words.operands;
    if (['self-update', 'clear-cache', 'clearcache', 'cc', 'global', 'diagnose'].includes(subcommand ?? ''))
      return 'independent';
    if (subcommand === 'config') return hasOption(words, '-g', '--global') ? 'independent' : undefined;
    if ((subcommand !== 'install' && subcommand !== 'i') || rest.length > 0) return undefined;
    return {
      manager: 'composer',
      directory: optionValue(words, '-d', '--working-dir') ?? '.',
      inputs: (project) => composerInputs(project, words),
    };
  },
};

function composerInputs(project: Project, words: Words): Inputs | Refusal {
  const path = inProject(project, 'composer.json');
  const json = isPresent(project, path, 'file') ? readJson(project.context.read(path)) : undefined;
  if (json === undefined) return refuse('manifest-missing', `there is no readable ${path} in the build context`);
  const obstacle = scriptObstacle(json, words) ?? autoloadObstacle(json, words) ?? packageObstacle(json);
  if (obstacle !== undefined) return obstacle;
  const files = presentFiles(project, ['composer.lock', 'auth.json']);
  const vendor = field(json, 'config', 'vendor-dir');
  return { files: [path, ...files], outputs: [inProject(project, typeof vendor === 'string' ? vendor : 'vendor')] };
}

const INSTALL_SCRIPTS =
  'pre-install-cmd post-install-cmd pre-update-cmd post-update-cmd pre-autoload-dump post-autoload-dump post-root-package-install pre-package-install post-package-install pre-operations-exec pre-pool-create'.split(
    ' ',
  );

function scriptObstacle(json: Json, words: Words): Refusal | undefined {
  if (hasOption(words, '--no-scripts')) return undefined;
  const script = INSTALL_SCRIPTS.find((name) => field(json, 'scripts', name) !== undefined);
  if (script === undefined) return undefined;
  return refuse(
    'install-scripts',
    `\`${script}\` of composer.json runs during the install: which files it reads is not known`,
  );
}

/** The autoloader is written by the install: with a class map from the sources, it needs them. */
function autoloadObstacle(json: Json, words: Words): Refusal | undefined {
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
  const repositories = Object.values(object(json['repositories']) ?? {});
  if (repositories.some((repository) => ['path', 'artifact'].includes(String(object(repository)?.['type']))))
    return refuse('local-dependency', 'composer.json takes packages from folders of the project');
  const packages = Object.keys({ ...object(json['require']), ...object(json['require-dev']) });
  const writer = packages.find((name) =>
    /^symfony\/flex$|^composer\/installers$|patches$|oomphinc\/composer-installers/.test(name),
  );
  return writer === undefined
    ? undefined
    : refuse('install-scripts', `${writer} reads or writes files of the project during the install`);
}

type Json = Readonly<Record<string, unknown>>;

function readJson(text: string | undefined): Json | undefined {
  try {
    return object(JSON.parse(text ?? ''));
  } catch {
    return undefined;
  }
}

function object(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null ? (value as Json) : undefined;
}

function field(json: Json, group: string, name: string): unknown {
  return object(json[group])?.[name];
}
