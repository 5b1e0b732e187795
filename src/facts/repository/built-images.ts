/** Names that a project gives to what it builds itself: they may stand for other images than those of a registry. */
import { parse } from 'yaml';
import { listOf, objectOf, objectsIn, parseObject, stringsByKey, type Json } from '../../json.js';
import { memoize } from '../../memoize.js';
import { packageScripts } from '../../package-scripts.js';
import { readBuiltNames } from '../context/builds/build-commands.js';
import { buildFiles, type BuildFile } from './build-files.js';
import type { Repository } from './types.js';

/** The file of the repository that builds an image of this name itself, or that gives a stage or folder the name. */
export function buildsImage(repository: Repository, name: string): string | undefined {
  return buildFiles(repository).find((file) => file.text.includes(name) && namesIn(file)?.has(name) !== false)?.path;
}

/** Without the tag `latest`; undefined for a file that can't be read: it may give any. */
const namesIn = memoize((file: BuildFile): ReadonlySet<string> | undefined => {
  const names = READERS[file.kind](file.text);
  return names && new Set(names.map((name) => name.trim().replace(/:latest$/, '')));
});

type NameReader = (text: string) => readonly string[] | undefined;

const READERS: Readonly<Record<BuildFile['kind'], NameReader>> = {
  compose: (text) => documents(text)?.flatMap((one) => objectsIn(objectOf(one)?.['services']).flatMap(serviceNames)),
  skaffold: (text) => documents(text)?.flatMap((one) => artifactsOf(one).flatMap(artifactNames)),
  bake: (text) => (/^\s*\{/.test(text) ? jsonTargets(text) : hclTargets(text)),
  package: (text) => [...packageScripts(text).values()].flatMap(readBuiltNames),
  make: readBuiltNames,
  script: readBuiltNames,
  pipeline: (text) => documents(text)?.flatMap(stepNames),
};

function artifactsOf(document: unknown): readonly Json[] {
  return objectsIn(objectOf(objectOf(document)?.['build'])?.['artifacts']);
}

function artifactNames(artifact: Json): readonly string[] {
  return [stringsByKey(artifact).get('image') ?? ''];
}

/** `build` with `image: node`, `tags`, or `additional_contexts`. */
function serviceNames(service: Json): readonly string[] {
  const { image, build } = service;
  if (build === undefined) return [];
  const own = typeof image === 'string' ? [image] : [];
  return [...own, ...targetNames(objectOf(build) ?? {}, 'additional_contexts')];
}

/** Of a target: its tags, and the contexts that it gives names. */
function targetNames(target: Json, contexts: string): readonly string[] {
  const listed = (listOf(target[contexts]) ?? []).map(nameIn);
  return [...(listOf(target['tags']) ?? []), ...Object.keys(objectOf(target[contexts]) ?? {}), ...listed];
}

/** `node` of `node=./base`, and of `"node" = "target:base"`. */
function nameIn(entry: string): string {
  return (entry.split('=', 1)[0] ?? '').replaceAll('"', '').trim();
}

function jsonTargets(text: string): readonly string[] | undefined {
  const json = parseObject(text);
  return json && objectsIn(json['target']).flatMap((target) => targetNames(target, 'contexts'));
}

/** HCL: `tags = ["node"]`, `contexts = { node = "target:base" }`. */
function hclTargets(text: string): readonly string[] {
  const tags = [...text.matchAll(/\btags\s*=\s*\[([^[\]]*)\]/g)].flatMap(([, list = '']) =>
    [...list.matchAll(/"([^"]*)"/g)].map(([, tag = '']) => tag),
  );
  const contexts = [...text.matchAll(/\bcontexts\s*=\s*\{([^{}]*)\}/g)].flatMap(([, block = '']) =>
    block.split(/[\n,]/).map(nameIn),
  );
  return [...tags, ...contexts];
}

/** Commands anywhere in a pipeline, and the inputs of docker/build-push-action. */
function stepNames(value: unknown): readonly string[] {
  if (typeof value === 'string') return readBuiltNames(value);
  if (Array.isArray(value)) return value.flatMap(stepNames);
  const object = objectOf(value);
  if (object === undefined) return [];
  const inputs = stringsByKey(object['with']);
  const isAction = typeof object['uses'] === 'string' && object['uses'].includes('build');
  const given = isAction ? [inputs.get('tags'), inputs.get('build-contexts')] : [];
  const names = given.flatMap((text) => text?.split(/[\n,]/).map(nameIn) ?? []);
  return [...names, ...Object.values(object).flatMap(stepNames)];
}

/** The parts of a YAML file that `---` sets apart; undefined where one can't be read. */
function documents(text: string): readonly unknown[] | undefined {
  try {
    return text.split(/^---.*$/m).map((part) => parse(part, { merge: true, logLevel: 'silent' }) as unknown);
  } catch {
    return undefined;
  }
}
