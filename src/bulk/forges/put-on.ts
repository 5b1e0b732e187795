import { baseName } from '../../paths.js';
import { ForgeError } from './types.js';

/**
 * Adds labels or people to a pull request: all in one request or, when the forge refuses that, one by one.
 * @param what `label`, `reviewer` or `assignee`, for messages
 * @param work adds names; resolves to those that the forge silently left out
 * @returns a sentence for each name that could not be added
 * @throws ForgeError when trying again may help
 */
export async function putOn(
  what: string,
  names: readonly string[],
  work: (names: readonly string[]) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  if (names.length === 0) return [];
  try {
    return (await work(names)).map((name) => `${what} ${name}: the forge did not accept it`);
  } catch (error) {
    if (!(error instanceof ForgeError) || ['rate-limit', 'unavailable'].includes(error.kind)) throw error;
    const [only] = names;
    if (names.length === 1 && only !== undefined) return [`${what} ${only}: ${error.message}`];
  }
  const problems: string[] = [];
  for (const name of names) problems.push(...(await putOn(what, [name], work)));
  return problems;
}

/** The names that are not present, ignoring case: a forge keeps the case in which a name was created. */
export function missingFrom(present: readonly string[], asked: readonly string[]): readonly string[] {
  const there = new Set(present.map((name) => name.toLowerCase()));
  return asked.filter((name) => !there.has(name.toLowerCase()));
}

/** Splits names into people and teams (`organization/team`), as the APIs of GitHub and Gitea take them. */
export function reviewersOf(names: readonly string[]): { reviewers: string[]; team_reviewers: string[] } {
  const teams = names.filter((name) => name.includes('/'));
  return {
    reviewers: names.filter((name) => !name.includes('/')),
    team_reviewers: teams.map(baseName),
  };
}
