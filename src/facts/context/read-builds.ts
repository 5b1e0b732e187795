/** The builds that the files of a project say, folder by folder. */
import { join } from 'node:path';
import { readDiskText, type DiskCache } from './disk.js';
import { readBakeFile, readMakefile, readPackageScripts, readScript } from './builds/from-text.js';
import { readCompose, readPipeline, readSkaffold } from './builds/from-yaml.js';
import type { BuildReader, WrittenBuild } from './builds/types.js';

/** By the names of files; `says` is what a text holds that is worth reading. */
const KINDS: readonly { readonly name: RegExp; readonly says: RegExp; readonly read: BuildReader }[] = [
  { name: /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/, says: /\bbuild\b/, read: readCompose },
  { name: /^skaffold.*\.ya?ml$/, says: /\bartifacts\b/, read: readSkaffold },
  { name: /^(?:docker-bake.*\.(?:hcl|json)|.*\.bake\.hcl|bake\.(?:hcl|json))$/, says: /target/, read: readBakeFile },
  { name: /^package\.json$/, says: /\b(?:docker|podman)\b/, read: readPackageScripts },
  { name: /^(?:GNU)?[mM]akefile$|\.mk$|^[jJ]ustfile$/, says: /\b(?:build|bud)\b/, read: readMakefile },
  { name: /\.(?:sh|bash)$|^Jenkinsfile$|^build$/, says: /\b(?:docker|podman|nerdctl|buildah|acr)\b/, read: readScript },
  {
    name: /^(?:\.gitlab-ci|cloudbuild.*|azure-pipelines.*|bitbucket-pipelines|\.travis|\.drone|\.woodpecker|buildspec.*|[tT]askfile)\.ya?ml$/,
    says: /\b(?:docker|podman|buildah|kaniko|nerdctl)\b/,
    read: readPipeline,
  },
];
const PIPELINE = KINDS.filter(({ read }) => read === readPipeline);

/** Folders in which a project keeps such files; in those of a CI every YAML file is a pipeline. */
const SCRIPT_FOLDERS = ['scripts', 'script', 'hack', 'ci', '.ci', 'bin', 'tools', 'build', '.buildkite'];
const PIPELINE_FOLDERS = ['.github/workflows', '.circleci', '.gitlab', '.gitlab-ci', '.gitlab/ci', '.woodpecker'];
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
  const isThere = (name: string): boolean => tree.exists(name) === 'directory';
  return [
    ...readFiles(top, top, cache),
    ...SCRIPT_FOLDERS.filter(isThere).flatMap((name) => readFiles(join(top, name), top, cache)),
    ...PIPELINE_FOLDERS.filter(isThere).flatMap((name) => readFiles(join(top, name), top, cache, true)),
  ];
}

function readFiles(folder: string, top: string, cache: DiskCache, pipelines = false): readonly WrittenBuild[] {
  const names = cache.tree(folder).list('') ?? [];
  const files = names.flatMap((name) => {
    const kind = pipelines && /\.ya?ml$/.test(name) ? PIPELINE[0] : KINDS.find((one) => one.name.test(name));
    return kind === undefined ? [] : [{ file: join(folder, name), kind }];
  });
  return files.slice(0, MOST_FILES).flatMap(({ file, kind }) => {
    const text = readDiskText(file, cache) ?? '';
    return kind.says.test(text) ? kind.read(file, text, top) : [];
  });
}
