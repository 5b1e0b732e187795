import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { repositoryOf } from './disk/repository.js';
import { seenFrom } from '../facts/context/seen-from.js';

/** The .gitignore files that apply to a folder, the innermost first. */
export type IgnoreRules = readonly { readonly folder: string; readonly rules: Ignore }[];

/** Adds the .gitignore of a folder to the rules above it. */
export function withIgnoreFile(folder: string, above: IgnoreRules): IgnoreRules {
  try {
    const rules = ignore().add(readFileSync(join(folder, '.gitignore'), 'utf8'));
    return [{ folder, rules }, ...above];
  } catch {
    return above;
  }
}

/** The rules of the folders above a folder, up to the root of its repository. */
export function rulesAbove(folder: string): IgnoreRules {
  const parent = dirname(folder);
  if (parent === folder || existsSync(join(folder, '.git'))) return [];
  return repositoryOf(parent) === undefined ? [] : withIgnoreFile(parent, rulesAbove(parent));
}

/** The innermost file with a rule for the path decides, as in git. */
export function isIgnored(above: IgnoreRules, path: string, directory: boolean): boolean {
  for (const { folder, rules } of above) {
    const inside = seenFrom(folder, path) + (directory ? '/' : '');
    const { ignored, unignored } = rules.test(inside);
    if (ignored || unignored) return ignored;
  }
  return false;
}
