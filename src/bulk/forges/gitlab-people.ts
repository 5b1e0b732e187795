import type { GitLabPerson } from './gitlab-answers.js';
import type { Gitbeaker } from './gitlab-client.js';
import { missingFrom, putOn } from './put-on.js';

/** Adds people by their user names, as `putOn` does. @param put adds them by their ids; resolves to those that are there afterwards */
type PutPeopleOn = (
  what: string,
  names: readonly string[],
  put: (ids: readonly number[]) => Promise<readonly GitLabPerson[]>,
) => Promise<readonly string[]>;

/** GitLab takes user ids, and silently drops people that it does not accept: all but one in the free edition. */
export function peopleAdder(gitlab: Gitbeaker, host: string): PutPeopleOn {
  const people = new Map<string, Promise<number | undefined>>();

  function idOf(name: string): Promise<number | undefined> {
    const known = people.get(name) ?? gitlab.Users.all({ username: name }).then(([user]) => user?.id);
    people.set(name, known);
    known.catch(() => people.delete(name));
    return known;
  }

  return async (what, names, put) => {
    const ids = new Map<string, number>();
    const problems: string[] = [];
    for (const name of names) {
      const id = await idOf(name);
      if (id === undefined) problems.push(`${what} ${name}: ${host} knows no such user`);
      else ids.set(name, id);
    }
    const others = await putOn(what, [...ids.keys()], async (some) => {
      const after = await put(some.flatMap((name) => ids.get(name) ?? []));
      return missingFrom(
        after.map(({ username }) => username),
        some,
      );
    });
    return [...problems, ...others];
  };
}
