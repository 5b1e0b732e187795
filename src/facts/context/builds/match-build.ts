/** Which folder a written build sends for one Dockerfile. */
import { join, relative, resolve } from 'node:path';
import { memoize } from '../../../memoize.js';
import type { WrittenBuild } from './types.js';

/** The folder where a pipeline or a shell starts. */
const START =
  /\$\{?(?:GITHUB_WORKSPACE|CI_PROJECT_DIR|PWD|WORKSPACE|BUILD_SOURCESDIRECTORY)\}?|\$\{\{\s*github\.workspace\s*\}\}|\$\((?:pwd|PWD|CURDIR)\)|`pwd`/g;
const VARIABLE = /\$\{\{[^}]*\}{0,2}|\$\{[^}]*\}?|\$\([^)]*\)?|\$\$?\w+|\{\{[^}]*\}{0,2}|`[^`]*`/g;

/** Absolute; none where the build is not of this Dockerfile, or the folder is not said. @param path of the Dockerfile, absolute */
export function contextsFor(build: WrittenBuild, path: string): readonly string[] {
  const { context, dockerfile, inContext, bases } = plain(build);
  const open = openPattern(build);
  if (open === undefined)
    return bases.flatMap((base) => {
      const folder = resolve(base, context);
      return resolve(inContext ? folder : base, dockerfile ?? join(folder, 'Dockerfile')) === path ? [folder] : [];
    });
  return bases.flatMap((base) => {
    const values = open(relative(base, path).replaceAll('\\', '/'));
    const folder = values && context.replace(VARIABLE, (variable) => values.get(variable) ?? variable);
    return folder === undefined || hasVariable(folder) ? [] : [resolve(base, folder)];
  });
}

const hasVariable = (text: string): boolean => /[$`]|\{\{/.test(text);

const plain = memoize((build: WrittenBuild): WrittenBuild => {
  const start = (written: string): string => written.replace(START, '.');
  return { ...build, context: start(build.context), dockerfile: build.dockerfile && start(build.dockerfile) };
});

/** What the variables of a path stand for, each for one name, when it is the path given. */
type Open = (path: string) => ReadonlyMap<string, string> | undefined;

/** Undefined where there are no variables. A path that says nothing besides them fits none. */
const openPattern = memoize((build: WrittenBuild): Open | undefined => {
  const { context, dockerfile, inContext } = plain(build);
  if (!hasVariable(context + (dockerfile ?? ''))) return undefined;
  const file = dockerfile === undefined || inContext ? `${context}/${dockerfile ?? 'Dockerfile'}` : dockerfile;
  const written = file.replace(/(?<=\/|^)\.\//g, '');
  const variables: readonly string[] = written.match(VARIABLE) ?? [];
  const texts = written.split(VARIABLE);
  if (!/[\w/-]/.test((dockerfile ?? context).replace(VARIABLE, ''))) return () => undefined;
  const seen = [...new Set(variables)];
  const parts = texts.map((text, index) => {
    const variable = variables[index];
    const literal = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    if (variable === undefined) return literal;
    return literal + (variables.indexOf(variable) < index ? `\\${seen.indexOf(variable) + 1}` : '([^/]+)');
  });
  const pattern = new RegExp(`^${parts.join('')}$`);
  return (path) => {
    const match = pattern.exec(path);
    return match === null ? undefined : new Map(seen.map((variable, index) => [variable, match[index + 1] ?? '']));
  };
});
