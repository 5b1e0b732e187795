import { memoize } from '../memoize.js';
import type { Skip } from '../report/types.js';
import type { Scope } from './config/config-cache.js';
import { patternsOfTrees } from './config/exclude-trees.js';
import { makeMatcher, type Matcher } from './config/settings.js';
import type { ConfigInput } from './config/types.js';

interface Patterns {
  readonly excluded: Matcher;
  readonly included: Matcher;
}

/** What the configurations of a scope exclude, and what they take for Dockerfiles whatever their names. */
export const patternsOf = memoize(({ configs, exclude }: Scope): Patterns => {
  const anyOf = (patternsIn: (input: ConfigInput) => readonly string[]): Matcher => {
    const matchers = configs.map(({ folder, input }) => makeMatcher(folder, patternsIn(input)));
    return (path, directory) => matchers.some((matches) => matches(path, directory));
  };
  return {
    excluded: exclude
      ? anyOf((input) => [...(input.exclude ?? []), ...patternsOfTrees(input.excludeTrees)])
      : () => false,
    included: anyOf(({ include = [] }) => include),
  };
});

/** Undefined for what no configuration excludes. @param path absolute */
export function whyExcluded(scope: Scope, path: string, directory: boolean): Skip | undefined {
  if (!patternsOf(scope).excluded(path, directory)) return undefined;
  const what = directory ? ' and all that is in it' : '';
  return { kind: 'exclude', reason: `the configuration excludes it${what}; --no-exclude takes it` };
}
