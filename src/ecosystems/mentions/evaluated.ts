/**
 * The fields that an install evaluates, for each file whose format has fields: all else in it is for other tools, or for other
 * commands of the same one.
 *
 * Sources: docs.npmjs.com (package.json, config), yarnpkg.com/configuration, pnpm.io (settings, package.json), bun.sh (bunfig),
 * python-poetry.org (pyproject, configuration), docs.astral.sh/uv (settings), pip.pypa.io (configuration), pipenv.pypa.io
 * (Pipfile), getcomposer.org (schema), doc.rust-lang.org/cargo (config), learn.microsoft.com (slnf).
 */
import type { Evaluated, Field } from './quote.js';

/** Where package managers keep what they fetch: read by no install that finds it empty. */
const OUTPUT =
  /^(?:cache|prefix|tmp|maven\.repo\.local|.*(?:cache|store|modules|virtual-?store|logs|state|global|bin|vendor|target|data)[-_]?(?:dir|folder|path))$/i;
/** Names a file by convention of its name: `cafile`, `httpsCaFilePath`, `client-cert`, `find-links`. */
const PATH = /^path$|(?:file|cert|certificate|cainfo|capath|config|find-links|constraint|requirement)s?(?:path)?$/i;

export function fieldOf(key: string): Field {
  if (OUTPUT.test(key)) return 'output';
  return PATH.test(key) ? 'path' : 'text';
}

/** Every value: the file is for the install alone. */
export const everything: Evaluated = (keys) => fieldOf(lastKey(keys));

/** Values below one of these keys: `tool.poetry.source`. */
function below(...places: readonly string[]): Evaluated {
  return (keys) =>
    places.some((place) => place.split('.').every((key, index) => key === keys[index]))
      ? fieldOf(lastKey(keys))
      : undefined;
}

function except(...places: readonly string[]): Evaluated {
  const never = below(...places);
  return (keys) => (never(keys) === undefined ? fieldOf(lastKey(keys)) : undefined);
}

function lastKey(keys: readonly string[]): string {
  return keys.findLast((key) => key !== '*') ?? '';
}

const NODE_DEPENDENCIES = below(
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'overrides',
  'resolutions',
  'patchedDependencies',
  'pnpm.overrides',
  'pnpm.packageExtensions',
  'pnpm.patchedDependencies',
);

/** A version, not the name of a package, decides: a package may be called `cert`. */
const packageJson: Evaluated = (keys) => (NODE_DEPENDENCIES(keys) === undefined ? undefined : 'text');

const pyproject = below(
  'tool.poetry.dependencies',
  'tool.poetry.dev-dependencies',
  'tool.poetry.group',
  'tool.poetry.source',
  'tool.uv',
  'project.dependencies',
  'project.optional-dependencies',
  'dependency-groups',
);

/** `subdirectory` counts from the repository that `git` names. */
function inRepository(keys: readonly string[]): boolean {
  return keys.at(-1) === 'subdirectory';
}

const composer = below('repositories', 'config.cafile', 'config.capath', 'extra');
const composerHarmless = below('extra.branch-alias', 'extra.laravel', 'extra.symfony', 'extra.thanks');

/** The targets are not looked at before they are built. */
const cargo = below(
  'dependencies',
  'dev-dependencies',
  'build-dependencies',
  'target',
  'patch',
  'replace',
  'workspace.dependencies',
);

const pipfile = except('scripts', 'requires');

/** Files in JSON, YAML or TOML, by their names. */
export const EVALUATED: ReadonlyMap<string, Evaluated> = new Map([
  ['package.json', packageJson],
  ['pnpm-workspace.yaml', except('packages', 'catalog', 'catalogs', 'onlyBuiltDependencies', 'allowBuilds')],
  // `spec` is for `yarn plugin`, the rest for `yarn init` and `yarn constraints`.
  ['.yarnrc.yml', (keys) => (lastKey(keys) === 'path' ? 'path' : yarnrc(keys))],
  ['bunfig.toml', below('install')],
  ['pyproject.toml', (keys) => (inRepository(keys) ? undefined : pyproject(keys))],
  ['poetry.toml', everything],
  ['uv.toml', everything],
  ['Pipfile', (keys) => (inRepository(keys) ? undefined : pipfile(keys))],
  ['Cargo.toml', cargo],
  ['config.toml', below('http', 'include', 'paths', 'registries')],
  ['composer.json', (keys) => (composerHarmless(keys) === undefined ? composer(keys) : undefined)],
]);

function yarnrc(keys: readonly string[]): Field | undefined {
  const [first = ''] = keys;
  if (['initFields', 'constraintsPath', 'initScope', 'packageExtensions'].includes(first) || lastKey(keys) === 'spec')
    return undefined;
  return /Folder$|^installStatePath$|^lockfileFilename$/.test(first) ? 'output' : fieldOf(lastKey(keys));
}
