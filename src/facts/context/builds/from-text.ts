/** Builds in scripts, Makefiles, package.json and bake files. */
import { basename, dirname, resolve } from 'node:path';
import { objectOf, parseObject, stringsByKey } from '../../../json.js';
import { packageScripts } from '../../../package-scripts.js';
import { readBuildCommands, type BuildCommand } from './build-commands.js';
import type { BuildReader, WrittenBuild } from './types.js';

/** A script runs in its own folder, or in the project's. */
export const readScript: BuildReader = (file, text, top) =>
  readBuildCommands(text).map((build) => written(build, [...new Set([dirname(file), top])], whereIn(file, build.line)));

export const readMakefile: BuildReader = (file, text) => {
  const recipes = text.replace(/^(\t|[ ]{2,})[@+-]+/gm, '$1').replace(/\$\$/g, '$');
  return readBuildCommands(recipes, true).map((build) => written(build, [dirname(file)], whereIn(file, build.line)));
};

export const readPackageScripts: BuildReader = (file, text) =>
  [...packageScripts(text)].flatMap(([name, script]) =>
    readBuildCommands(script).map((build) => written(build, [dirname(file)], `${basename(file)} (${name})`)),
  );

/** `docker-bake.hcl`, or the same in JSON. A target that takes its paths from another is left out. */
export const readBakeFile: BuildReader = (file, text) => {
  const targets = file.endsWith('.json') ? jsonTargets(text) : hclTargets(text);
  return targets.flatMap((target): readonly WrittenBuild[] => {
    const { context = '.', dockerfile } = target;
    if (target.inherits || (context === '.' && dockerfile === undefined && target.empty)) return [];
    return [{ bases: [dirname(file)], context, dockerfile, inContext: true, where: basename(file) }];
  });
};

interface Target {
  readonly context: string | undefined;
  readonly dockerfile: string | undefined;
  readonly inherits: boolean;
  readonly empty: boolean;
}

function jsonTargets(text: string): readonly Target[] {
  const targets = objectOf(parseObject(text)?.['target']) ?? {};
  return Object.values(targets).map((target) => {
    const strings = stringsByKey(target);
    return targetOf(strings.get('context'), strings.get('dockerfile'), objectOf(target)?.['inherits'] !== undefined);
  });
}

function hclTargets(text: string): readonly Target[] {
  const blocks = text.split(/^target\s+"[^"\n]*"\s*\{/m).slice(1);
  return blocks.map((block) => {
    const body = block.split(/^\}/m)[0] ?? '';
    const valueOf = (key: string): string | undefined =>
      body
        .split('\n')
        .flatMap((line) => (line.trim().startsWith(key) ? (/^\s*\w+\s*=\s*"([^"]*)"/.exec(line)?.[1] ?? []) : []))[0];
    return targetOf(valueOf('context '), valueOf('dockerfile '), /^[ \t]*inherits\s*=/m.test(body));
  });
}

function targetOf(context: string | undefined, dockerfile: string | undefined, inherits: boolean): Target {
  const empty = context === undefined && dockerfile === undefined;
  return { context, dockerfile, inherits: inherits && (context === undefined || dockerfile === undefined), empty };
}

/** A folder that a variable names is not known: then the paths say nothing. */
export function written(build: BuildCommand, starts: readonly string[], where: string): WrittenBuild {
  const { context, dockerfile, folders } = build;
  const unknown = folders.findLastIndex((folder) => /[$`]|^-$|^~/.test(folder));
  const bases = starts.map((start) => resolve(start, ...folders.slice(unknown + 1)));
  return { bases, context, dockerfile, inContext: false, where };
}

function whereIn(file: string, line: number): string {
  return `${basename(file)}:${line}`;
}
