import { buildFiles } from './build-files.js';
import type { Repository } from './types.js';

/** The file of the repository that builds an image of this name itself, or that gives a stage or folder the name. */
export function buildsImage(repository: Repository, name: string): string | undefined {
  return buildFiles(repository).find(({ text }) => text.includes(name) && namesBuild(text, name))?.path;
}

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
