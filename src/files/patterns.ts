import { memoize } from '../memoize.js';
import type { Scope } from './config/config-cache.js';
import { makeMatcher, type Matcher } from './config/settings.js';

interface Patterns {
  readonly excluded: Matcher;
  readonly included: Matcher;
}

/** What the configurations of a scope exclude, and what they take for Dockerfiles whatever their names. */
export const patternsOf = memoize(({ configs }: Scope): Patterns => {
  const anyOf = (key: 'exclude' | 'include'): Matcher => {
    const matchers = configs.map(({ folder, input }) => makeMatcher(folder, input[key] ?? []));
    return (path, directory) => matchers.some((matches) => matches(path, directory));
  };
  return { excluded: anyOf('exclude'), included: anyOf('include') };
});
