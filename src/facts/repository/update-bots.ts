import { memoize } from '../../memoize.js';
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

/** The bot that updates the tags of a repository's Dockerfiles, by its configuration. */
export const updateBot = memoize((repository: Repository): 'Renovate' | 'Dependabot' | undefined => {
  const texts = (paths: readonly string[]): readonly string[] =>
    paths.flatMap((path) => (repository.exists(path) === 'file' ? (repository.read(path) ?? []) : []));
  if (texts(RENOVATE).some(looksAfterDocker)) return 'Renovate';
  return texts(DEPENDABOT).some((text) => /^[ \t-]*package-ecosystem:\s*["']?docker["']?[ \t]*(?:#.*)?$/m.test(text))
    ? 'Dependabot'
    : undefined;
});

/** Renovate reads Dockerfiles unless its managers are named without them, or they are turned off. */
function looksAfterDocker(text: string): boolean {
  const [, managers] = /["']?enabledManagers["']?\s*:\s*\[([^\][]*)\]/.exec(text) ?? [];
  if (managers !== undefined && !/["']dockerfile["']/.test(managers)) return false;
  if (/["']docker:disable["']/.test(text)) return false;
  return !/["']?docker(?:file)?["']?\s*:\s*\{[^{}]*["']?enabled["']?\s*:\s*false/.test(text);
}
