import { ForgeError } from './types.js';

/**
 * Puts names on a pull request, all at once or, where the forge does not take them together, each alone.
 * @param work resolves to those that the forge left out without a word
 * @returns a sentence for each that could not be put on
 * @throws ForgeError when it may go well the next time
 */
export async function putOn(
  what: string,
  names: readonly string[],
  work: (names: readonly string[]) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  if (names.length === 0) return [];
  try {
    return (await work(names)).map((name) => `${what} ${name}: the forge did not take it`);
  } catch (error) {
    if (!(error instanceof ForgeError) || ['rate-limit', 'unavailable'].includes(error.kind)) throw error;
    const [only] = names;
    if (names.length === 1 && only !== undefined) return [`${what} ${only}: ${error.message}`];
  }
  const problems: string[] = [];
  for (const name of names) problems.push(...(await putOn(what, [name], work)));
  return problems;
}

/** Those asked for that are not there; forges write names as they were first written. */
export function missingFrom(present: readonly string[], asked: readonly string[]): readonly string[] {
  const there = new Set(present.map((name) => name.toLowerCase()));
  return asked.filter((name) => !there.has(name.toLowerCase()));
}

/** People, and teams, which are written `organization/team`, as GitHub and Gitea ask for them. */
export function reviewersOf(names: readonly string[]): { reviewers: string[]; team_reviewers: string[] } {
  const teams = names.filter((name) => name.includes('/'));
  return {
    reviewers: names.filter((name) => !name.includes('/')),
    team_reviewers: teams.map((name) => name.slice(name.lastIndexOf('/') + 1)),
  };
}
