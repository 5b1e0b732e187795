/** The builds that the files of a project say, folder by folder. */
import { join } from 'node:path';
import { BUILD_FOLDERS, buildFileKind, type BuildFileKind } from './builds/build-file-kinds.js';
import { readDiskText, type DiskCache } from './disk.js';
import { readBakeFile, readMakefile, readPackageScripts, readScript } from './builds/from-text.js';
import { readCompose, readPipeline, readSkaffold } from './builds/from-yaml.js';
import type { BuildReader, WrittenBuild } from './builds/types.js';

/** `says` is what a text holds that is worth reading. */
const READERS: Readonly<Record<BuildFileKind, { readonly says: RegExp; readonly read: BuildReader }>> = {
  compose: { says: /\bbuild\b/, read: readCompose },
  skaffold: { says: /\bartifacts\b/, read: readSkaffold },
  bake: { says: /target/, read: readBakeFile },
  package: { says: /\b(?:docker|podman)\b/, read: readPackageScripts },
  make: { says: /\b(?:build|bud)\b/, read: readMakefile },
  script: { says: /\b(?:docker|podman|nerdctl|buildah|acr)\b/, read: readScript },
  pipeline: { says: /\b(?:docker|podman|buildah|kaniko|nerdctl)\b/, read: readPipeline },
};

const MOST_FILES = 100;

/** By cache and folder: the root of a repository is asked for every Dockerfile in it. */
const known = new WeakMap<DiskCache, Map<string, readonly WrittenBuild[]>>();

/** What files in a folder say, and those in the folders where a project keeps its scripts and pipelines. */
export function buildsSaidIn(folder: string, cache: DiskCache): readonly WrittenBuild[] {
  const ofCache = known.get(cache) ?? new Map<string, readonly WrittenBuild[]>();
  known.set(cache, ofCache);
  const builds = ofCache.get(folder) ?? readFolder(folder, cache);
  ofCache.set(folder, builds);
  return builds;
}

function readFolder(top: string, cache: DiskCache): readonly WrittenBuild[] {
  const tree = cache.tree(top);
  const folders = BUILD_FOLDERS.filter((name) => tree.exists(name) === 'directory');
  return ['', ...folders].flatMap((folder) => readFiles(folder, top, cache));
}

function readFiles(folder: string, top: string, cache: DiskCache): readonly WrittenBuild[] {
  const names = cache.tree(join(top, folder)).list('') ?? [];
  const files = names.flatMap((name) => {
    const kind = buildFileKind(folder, name);
    return kind === undefined ? [] : [{ file: join(top, folder, name), kind }];
  });
  return files.slice(0, MOST_FILES).flatMap(({ file, kind }) => {
    const text = readDiskText(file, cache) ?? '';
    const { says, read } = READERS[kind];
    return says.test(text) ? read(file, text, top) : [];
  });
}
