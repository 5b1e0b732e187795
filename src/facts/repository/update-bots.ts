import { parse } from 'yaml';
import { listOf, objectsIn, readObject } from '../../json.js';
import { memoize } from '../../memoize.js';
import { matchesPath } from '../../path-pattern.js';
import type { Repository } from './types.js';

const DEPENDABOT = ['.github/dependabot.yml', '.github/dependabot.yaml'];
const RENOVATE = [
  'renovate.json',
  'renovate.json5',
  '.renovaterc',
  '.renovaterc.json',
  '.renovaterc.json5',
  '.github/renovate.json',
  '.github/renovate.json5',
  '.gitlab/renovate.json',
  '.gitlab/renovate.json5',
];

/**
 * The bot that updates the tags of a Dockerfile, by the repository's configuration.
 * @param folder the Dockerfile's, in the repository; undefined where that is not known
 */
export function updateBot(repository: Repository, folder?: string): 'Renovate' | 'Dependabot' | undefined {
  const { renovate, dependabot } = botsOf(repository);
  if (renovate) return 'Renovate';
  return dependabot.some((pattern) => folder === undefined || matchesPath(pattern, folder)) ? 'Dependabot' : undefined;
}

interface Bots {
  readonly renovate: boolean;
  /** The folders that Dependabot looks for Dockerfiles in, not below them: `/`, `/apps/*`. */
  readonly dependabot: readonly string[];
}

const botsOf = memoize((repository: Repository): Bots => {
  const texts = (paths: readonly string[]): readonly string[] =>
    paths.flatMap((path) => (repository.exists(path) === 'file' ? (repository.read(path) ?? []) : []));
  return { renovate: texts(RENOVATE).some(looksAfterDocker), dependabot: texts(DEPENDABOT).flatMap(dockerFolders) };
});

function dockerFolders(text: string): readonly string[] {
  const updates = objectsIn(readObject(() => parse(text))?.['updates']);
  return updates
    .filter((update) => update['package-ecosystem'] === 'docker')
    .flatMap((update) => [...stringOf(update['directory']), ...(listOf(update['directories']) ?? [])]);
}

function stringOf(value: unknown): readonly string[] {
  return typeof value === 'string' ? [value] : [];
}

/** Renovate reads Dockerfiles unless its managers are named without them, or they are turned off. */
function looksAfterDocker(text: string): boolean {
  const [, managers] = /["']?enabledManagers["']?\s*:\s*\[([^\][]*)\]/.exec(text) ?? [];
  if (managers !== undefined && !/["']dockerfile["']/.test(managers)) return false;
  if (/["']docker:disable["']/.test(text)) return false;
  return !/["']?docker(?:file)?["']?\s*:\s*\{[^{}]*["']?enabled["']?\s*:\s*false/.test(text);
}
