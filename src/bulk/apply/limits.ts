import type { Campaign } from '../campaign/load.js';
import type { Repository } from '../forges/types.js';
import type { Standing } from '../journal/types.js';

const HOUR_MS = 3_600_000;

/** Says whether one more pull request may be opened. Asked before anything is pushed: so there is no branch without one. */
export interface Gate {
  /** @returns undefined: go on, and call `done` with whether one was opened; else why not now, a sentence */
  enter(repository: Repository): string | undefined;
  done(repository: Repository, opened: boolean): void;
}

/** Counts what the journal knows, and what is under way. */
export function openGate(limits: Campaign['limits'], standings: ReadonlyMap<string, Standing>, now: () => Date): Gate {
  const openedAt: number[] = [];
  let open = 0;
  const byOwner = new Map<string, number>();
  const count = (owner: string, by: number): void => void byOwner.set(owner, (byOwner.get(owner) ?? 0) + by);
  for (const { repository, state, openedAt: at } of standings.values()) {
    if (at !== undefined) openedAt.push(Date.parse(at));
    if (state !== 'open') continue;
    open++;
    count(ownerOf(repository), 1);
  }
  return {
    enter({ id }) {
      const since = now().getTime() - HOUR_MS;
      const lately = openedAt.filter((at) => at > since);
      if (lately.length >= limits.pullRequestsPerHour)
        return `${plural(limits.pullRequestsPerHour, 'was', 'were')} opened within the hour; there is room at ${timeOf(Math.min(...lately) + HOUR_MS)}`;
      if (open >= limits.openPullRequests) return `${plural(limits.openPullRequests, 'is', 'are')} open`;
      if ((byOwner.get(ownerOf(id)) ?? 0) >= limits.openPullRequestsPerOwner)
        return `${plural(limits.openPullRequestsPerOwner, 'is', 'are')} open for ${ownerOf(id)}`;
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

function plural(count: number, one: string, many: string): string {
  return count === 1 ? `1 pull request ${one}` : `${count} pull requests ${many}`;
}

/** `github.com/acme` of `github.com/acme/shop`. */
function ownerOf(id: string): string {
  return id.split('/').slice(0, -1).join('/');
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ') + ' UTC';
}
