import { parentPath } from '../../paths.js';
import { plural } from '../../report/counts.js';
import type { Campaign } from '../campaign/load.js';
import type { Repository } from '../forges/types.js';
import type { RepositoryStatus } from '../journal/types.js';

const HOUR_MS = 3_600_000;

/** Decides whether one more pull request may be opened. It is asked before anything is pushed, so no branch is left without a pull request. */
export interface Gate {
  /** @returns undefined when one may be opened; the caller then calls `done`. Otherwise a sentence that says why not now */
  enter(repository: Repository): string | undefined;
  /** @param opened false gives the place back */
  done(repository: Repository, opened: boolean): void;
}

/** Counts the pull requests in the journal and those being opened. */
export function openGate(
  limits: Campaign['limits'],
  statuses: ReadonlyMap<string, RepositoryStatus>,
  now: () => Date,
): Gate {
  const openedAt: number[] = [];
  let open = 0;
  const byOwner = new Map<string, number>();
  const count = (owner: string, by: number): void => void byOwner.set(owner, (byOwner.get(owner) ?? 0) + by);
  for (const { repository, state, openedAt: at } of statuses.values()) {
    if (at !== undefined) openedAt.push(Date.parse(at));
    if (state !== 'open') continue;
    open++;
    count(ownerOf(repository), 1);
  }
  return {
    enter({ id }) {
      const since = now().getTime() - HOUR_MS;
      const recent = openedAt.filter((at) => at > since);
      if (recent.length >= limits.pullRequestsPerHour)
        return `${pullRequests(limits.pullRequestsPerHour, 'was', 'were')} opened in the last hour (limits.pullRequestsPerHour); run again after ${timeOf(Math.min(...recent) + HOUR_MS)}`;
      if (open >= limits.openPullRequests)
        return `${pullRequests(limits.openPullRequests, 'is', 'are')} open (limits.openPullRequests)`;
      if ((byOwner.get(ownerOf(id)) ?? 0) >= limits.openPullRequestsPerOwner)
        return `${pullRequests(limits.openPullRequestsPerOwner, 'is', 'are')} open for ${ownerOf(id)} (limits.openPullRequestsPerOwner)`;
      openedAt.push(now().getTime());
      open++;
      count(ownerOf(id), 1);
      return undefined;
    },
    done({ id }, opened) {
      if (opened) return;
      openedAt.pop();
      open--;
      count(ownerOf(id), -1);
    },
  };
}

function pullRequests(count: number, one: string, many: string): string {
  return plural(count, `pull request ${one}`, `pull requests ${many}`);
}

/** `github.com/acme` of `github.com/acme/shop`. */
function ownerOf(id: string): string {
  return parentPath(id);
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ') + ' UTC';
}
