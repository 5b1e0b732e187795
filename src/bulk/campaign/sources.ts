import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import ignore from 'ignore';
import { readText } from '../../files/config/read-text.js';
import { describeError } from '../../files/disk/errors.js';
import { isRefusal, refuse, type Refusal } from '../../refusal.js';
import { forgeAddress, repositoryOfUrl, withoutCredentials } from '../forges/addresses.js';
import type { Forge, ForgeAddress, Repository } from '../forges/types.js';
import { forgeQuestion } from './forge-sources.js';
import type { Campaign } from './load.js';
import type { SourceInput } from './schema.js';
import { seenFrom } from '../../facts/context/seen-from.js';

/** An entry of a source: its repository, or why it is none. */
export interface FoundRepository {
  readonly id: string;
  readonly repository: Repository | Refusal;
}

/**
 * The repositories of a campaign in the order of its sources, without repetition.
 * @throws UsageError when a list can't be read, ForgeError when a forge does not answer
 */
export async function* findRepositories(
  campaign: Campaign,
  openForge: (address: ForgeAddress) => Promise<Forge>,
): AsyncGenerator<FoundRepository> {
  const seen = new Set<string>();
  for (const source of campaign.sources) {
    const wanted = [nameMatcher(campaign), nameMatcher('git' in source ? {} : source)];
    for await (const found of repositoriesOf(source, campaign, openForge)) {
      const path = isRefusal(found.repository) ? found.id : found.repository.path;
      if (seen.has(found.id) || !wanted.every((matches) => matches(path))) continue;
      seen.add(found.id);
      yield found;
    }
  }
}

async function* repositoriesOf(
  source: SourceInput,
  campaign: Campaign,
  openForge: (address: ForgeAddress) => Promise<Forge>,
): AsyncGenerator<FoundRepository> {
  if ('git' in source) yield repositoryAt(source.git, campaign);
  else if ('directory' in source) yield* directories(source.directory, campaign.folder);
  else if ('list' in source)
    for (const line of readList(resolve(campaign.folder, source.list))) yield repositoryAt(line, campaign);
  const question = forgeQuestion(source);
  if (question === undefined) return;
  const forge = await openForge(forgeAddress(question.kind, question.url));
  for await (const repository of forge.list(question.query)) yield foundAs(repository);
}

function repositoryAt(written: string, { folder, forges }: Campaign): FoundRepository {
  const local = !/^[\w.-]+@|:\/\//.test(written);
  if (local) return directoryAt(resolve(folder, written), folder);
  try {
    return foundAs(repositoryOfUrl(written, forges));
  } catch (error) {
    return { id: withoutCredentials(written), repository: refuse('no-url', describeError(error)) };
  }
}

function foundAs(repository: Repository): FoundRepository {
  return { id: repository.id, repository };
}

async function* directories(pattern: string, folder: string): AsyncGenerator<FoundRepository> {
  const { glob, isDynamicPattern } = await import('tinyglobby');
  if (!isDynamicPattern(pattern)) {
    yield directoryAt(resolve(folder, pattern), folder);
    return;
  }
  const found = await glob(pattern, { cwd: folder, onlyDirectories: true, absolute: true, expandDirectories: false });
  for (const path of found.toSorted()) yield directoryAt(resolve(path), folder);
}

/** A folder serves as a remote: its working tree stays as it is, and the branch is pushed to its repository. */
function directoryAt(path: string, folder: string): FoundRepository {
  const shown = seenFrom(folder, path) || '.';
  if (!existsSync(path) || !statSync(path).isDirectory())
    return { id: shown, repository: refuse('no-folder', 'the folder does not exist') };
  const bare = existsSync(join(path, 'HEAD')) && existsSync(join(path, 'objects'));
  if (!bare && !existsSync(join(path, '.git')))
    return {
      id: shown,
      repository: refuse('no-repository', 'it is not a git repository: use `dockmod fix` to fix its files in place'),
    };
  const url = pathToFileURL(path).href;
  const parts = path
    .split(sep)
    .slice(-2)
    .join('/')
    .replace(/\.git$/, '');
  return foundAs({ id: shown, url, forge: undefined, path: parts, defaultBranch: undefined });
}

/** URLs and folders of a list, without comments. */
export function readList(file: string): readonly string[] {
  const lines = readText(file)
    .split('\n')
    .map((line) => line.replace(/(?:^|\s)#.*/, '').trim());
  return lines
    .filter((line) => line !== '')
    .map((line) => (line.startsWith('.') ? resolve(dirname(file), line) : line));
}

interface Patterns {
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}

function nameMatcher({ include = [], exclude = [] }: Patterns): (name: string) => boolean {
  const matcher = (patterns: readonly string[]): ((name: string) => boolean) => {
    const rules = ignore({ ignorecase: true }).add([...patterns]);
    return (name) => rules.ignores(name.replace(/^(?:\.{0,2}\/)+/, '') || name);
  };
  const included = include.length === 0 ? () => true : matcher(include);
  const excluded = exclude.length === 0 ? () => false : matcher(exclude);
  return (name) => included(name) && !excluded(name);
}
