import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { Dockerfile, Instruction } from '../dockerfile/types.js';
import { diskContext, type DiskCache } from './disk-context.js';
import { cleanPath } from './patterns.js';
import type { BuildContext } from './types.js';

export interface FindOptions {
  /** `--context`: taken as it is. */
  readonly explicit?: string | undefined;
  /** The search never looks above this folder. */
  readonly root: string;
  readonly cache?: DiskCache;
}

export type FoundContext = { readonly context: BuildContext } | { readonly reason: string };

const COMPOSE = /^(?:docker-)?compose(?:\.[\w.-]+)?\.ya?ml$/;
/** Files that say that a folder is an application's, and which RUN commands want them. */
const MANIFESTS: readonly (readonly [file: RegExp, command: RegExp])[] = [
  [/^package\.json$/, /\b(?:npm|yarn|pnpm|bun|npx|node)\b/],
  [/^(?:requirements.*\.txt|pyproject\.toml|setup\.py|Pipfile)$/, /\b(?:pip\d*|poetry|uv|pipenv|python\d*)\b/],
  [/^go\.(?:mod|work)$/, /\bgo\s/],
  [/^pom\.xml$/, /\bmvnw?\b/],
  [/^(?:build|settings)\.gradle(?:\.kts)?$/, /\bgradlew?\b/],
  [/^Gemfile$/, /\b(?:bundle|gem|ruby)\b/],
  [/^composer\.json$/, /\bcomposer\b/],
  [/^Cargo\.toml$/, /\bcargo\b/],
  [/\.(?:cs|fs|vb)proj$|\.slnx?$/, /\bdotnet\b/],
  [/^mix\.exs$/, /\bmix\b/],
];

/**
 * Finds the build context of a Dockerfile as a user would: `--context`; a compose file in its folder or above that names it;
 * the nearest folder in which the sources of its COPY and ADD exist.
 * @param path absolute
 */
export async function findContext(path: string, dockerfile: Dockerfile, options: FindOptions): Promise<FoundContext> {
  const open = (root: string, origin: string): FoundContext => ({
    context: diskContext(root, { dockerfile: path, origin }, options.cache),
  });
  if (options.explicit !== undefined)
    return existsSync(options.explicit) ? open(options.explicit, '--context') : { reason: `the context ${options.explicit} does not exist` };
  const folders = foldersUpTo(dirname(path), options.root);
  const named = await composeContext(path, folders);
  if (named.length > 1) return { reason: `compose services build it with different contexts: ${named.map((one) => basename(one)).join(', ')}` };
  if (named[0] !== undefined && existsSync(named[0])) return open(named[0], 'a compose file');
  return nearestContext(path, dockerfile, folders, open);
}

function foldersUpTo(start: string, root: string): string[] {
  const folders = [start];
  for (let folder = start; folder !== root && !relative(root, folder).startsWith('..') && dirname(folder) !== folder; ) {
    folder = dirname(folder);
    folders.push(folder);
    if (existsSync(join(folder, '.git'))) break;
  }
  return existsSync(join(start, '.git')) ? [start] : folders;
}

async function composeContext(path: string, folders: readonly string[]): Promise<readonly string[]> {
  for (const folder of folders) {
    const files = namesIn(folder).filter((name) => COMPOSE.test(name));
    if (files.length === 0) continue;
    const { composeContexts } = await import('./compose.js');
    const found = files.flatMap((name) => composeContexts(join(folder, name), readFileSync(join(folder, name), 'utf8'), path));
    if (found.length > 0) return [...new Set(found)];
  }
  return [];
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function nearestContext(
  path: string,
  dockerfile: Dockerfile,
  folders: readonly string[],
  open: (root: string, origin: string) => FoundContext,
): FoundContext {
  const { literal, whole } = sourcesOf(dockerfile);
  if (literal.length === 0 && !whole) return { reason: 'it copies nothing from a build context' };
  if (literal.length === 0) return wholeContext(path, dockerfile, folders, open);
  let best: { folder: string; count: number } | undefined;
  for (const folder of folders) {
    const found = open(folder, originOf(folder, path));
    if (!('context' in found)) continue;
    const count = literal.filter((source) => found.context.glob(source).length > 0).length;
    if (count === literal.length) return found;
    if (count > (best?.count ?? 0)) best = { folder, count };
  }
  if (best === undefined && whole) return wholeContext(path, dockerfile, folders, open);
  return best === undefined
    ? { reason: 'no folder holds what its COPY instructions name; name the build context with --context' }
    : open(best.folder, originOf(best.folder, path));
}

/** Only `COPY .`: the nearest folder with a manifest that a RUN of the file asks for; else its own, when that holds more. */
function wholeContext(
  path: string,
  dockerfile: Dockerfile,
  folders: readonly string[],
  open: (root: string, origin: string) => FoundContext,
): FoundContext {
  const runs = dockerfile.instructions.filter(({ keyword }) => keyword === 'RUN').map(({ body }) => body.text).join('\n');
  const wanted = MANIFESTS.filter(([, command]) => command.test(runs)).map(([file]) => file);
  const holder = folders.find((folder) => namesIn(folder).some((name) => wanted.some((file) => file.test(name))));
  if (holder !== undefined) return open(holder, originOf(holder, path));
  const own = dirname(path);
  if (namesIn(own).some((name) => !/dockerfile|dockerignore/i.test(name))) return open(own, originOf(own, path));
  return { reason: 'it copies a whole folder, and which one can\'t be told; name the build context with --context' };
}

function originOf(folder: string, path: string): string {
  return folder === dirname(path) ? "the Dockerfile's folder" : `the folder ${basename(folder)} above it`;
}

/** Sources taken from the context: the literal ones, and whether the whole context is copied. */
function sourcesOf(dockerfile: Dockerfile): { literal: string[]; whole: boolean } {
  const sources = dockerfile.instructions.filter(copiesFromContext).flatMap((instruction) => {
    const words = instruction.json ?? instruction.words.map(({ text }) => text);
    return words.slice(0, -1);
  });
  const local = sources.filter((source) => !/[$]|^<<|^\w+:\/\/|^git@/.test(source)).map(cleanPath);
  return { literal: [...new Set(local.filter((source) => source !== ''))], whole: local.includes('') };
}

function copiesFromContext({ keyword, flags }: Instruction): boolean {
  return (keyword === 'COPY' || keyword === 'ADD') && !flags.some(({ name }) => name === 'from');
}
