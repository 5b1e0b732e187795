import { memoize } from '../../memoize.js';
import type { Repository } from './types.js';

/** Files at the root, and beside the Dockerfiles of the root, that build images and give them names. */
const BUILD_FILE =
  /^(?:gnu)?makefile$|\.mk$|^justfile$|^taskfile\.ya?ml$|^docker-bake(?:\.override)?\.(?:hcl|json)$|^(?:docker-)?compose[\w.-]*\.ya?ml$|\.(?:sh|bash)$/i;
const FOLDERS = ['', 'scripts', 'script', 'hack', 'build', 'docker', 'ci', '.github/workflows'];

interface BuildFile {
  readonly path: string;
  readonly text: string;
}

/** The file of the repository that builds an image of this name itself, or that gives a stage or folder the name. */
export function buildsImage(repository: Repository, name: string): string | undefined {
  return buildFiles(repository).find(({ text }) => text.includes(name) && namesBuild(text, name))?.path;
}

const buildFiles = memoize((repository: Repository): readonly BuildFile[] =>
  FOLDERS.flatMap((folder) => {
    const names = repository.list(folder) ?? [];
    const wanted = names.filter(
      (name) => BUILD_FILE.test(name) || (folder === '.github/workflows' && /\.ya?ml$/.test(name)),
    );
    return wanted.flatMap((name) => {
      const path = folder === '' ? name : `${folder}/${name}`;
      const text = repository.exists(path) === 'file' ? repository.read(path) : undefined;
      return text === undefined ? [] : [{ path, text }];
    });
  }),
);

/** `docker build -t node .`, `--build-context node=…`, `tags = ["node"]`, `node = "target:…"`, a service with `build` and `image: node`. */
function namesBuild(text: string, name: string): boolean {
  const image = `["']?${name.replace(/[.]/g, '\\.')}(?::latest)?["']?(?![\\w./:-])`;
  const joined = text.replace(/\\\r?\n/g, ' ');
  if (new RegExp(`\\b(?:build|buildx|bake)\\b.*\\s(?:-t|--tag)[ =]${image}`).test(joined)) return true;
  if (new RegExp(`--build-context[ =]${image}?=`).test(joined)) return true;
  if (new RegExp(`\\btags["']?\\s*[=:]\\s*\\[[^\\]]*${image}`).test(joined)) return true;
  if (/\bcontexts\b|additional_contexts/.test(text) && namedContext(name).test(text)) return true;
  return text.includes('build') && serviceBuilds(text, new RegExp(`^\\s+image:\\s*${image}\\s*$`));
}

/** `node = "target:base"`, `"node": "docker-image://…"`, `node: ./base` */
function namedContext(name: string): RegExp {
  return new RegExp(`(?:^|[\\s{,"'])${name}["']?\\s*[=:]\\s*["']?(?:target:|docker-image:|service:|\\.{0,2}/)`, 'm');
}

/** A block of a compose file has `image: NAME` and, at the same depth, `build`. */
function serviceBuilds(text: string, image: RegExp): boolean {
  const lines = text.split(/\r?\n/);
  return lines.some((line, at) => {
    if (!image.test(line)) return false;
    const indent = /^\s*/.exec(line)?.[0] ?? '';
    const ofService = (one: string): boolean => one.startsWith(indent) || one.trim() === '';
    const before = lines.slice(0, at).reverse();
    const after = lines.slice(at + 1);
    const beginning = before.findIndex((one) => !ofService(one));
    const end = after.findIndex((one) => !ofService(one));
    const block = [
      ...before.slice(0, beginning === -1 ? undefined : beginning),
      ...after.slice(0, end === -1 ? undefined : end),
    ];
    return block.some((one) => one.startsWith(`${indent}build:`));
  });
}
