import type { JournalRecord, RepositoryState, Standing } from './types.js';

/** Where each repository stands, by id, in the order in which they were first spoken of. */
export function standingsOf(records: Iterable<JournalRecord>): Map<string, Standing> {
  const standings = new Map<string, Standing>();
  for (const record of records)
    standings.set(record.repository, nextStanding(standings.get(record.repository), record));
  return standings;
}

/** What a record makes of a repository's standing. */
export function nextStanding(before: Standing | undefined, record: JournalRecord): Standing {
  const standing: Standing = { ...(before ?? newStanding(record.repository)), at: record.at };
  switch (record.event) {
    case 'planned': {
      const { head, files, fixes } = record;
      return { ...standing, state: stateAfterPlan(standing), reason: undefined, head, files, fixes };
    }
    case 'nothing':
      return isPushed(standing)
        ? { ...standing, reason: standing.state === 'open' ? `${record.reason}: it can be closed` : standing.reason }
        : { ...standing, state: 'nothing', reason: record.reason, files: 0, fixes: {} };
    case 'skipped':
    case 'failed':
      return { ...standing, state: stateAfterFailure(standing, record.event), reason: record.reason };
    case 'pushing':
      return { ...standing, intents: [...standing.intents, record.commit] };
    case 'pushed': {
      const { branch, commit, content } = record;
      const state = standing.pullRequest === undefined ? 'pushed' : standing.state;
      return { ...standing, state, reason: undefined, branch, commit, content };
    }
    case 'withdrawn':
      return { ...standing, state: 'closed', reason: record.reason };
    case 'pull-request': {
      const { number, url, state, checks, wave } = record;
      const openedAt = standing.pullRequest?.number === number ? standing.openedAt : record.at;
      return {
        ...standing,
        state,
        reason: undefined,
        pullRequest: { number, url },
        checks,
        wave: wave ?? standing.wave,
        openedAt,
      };
    }
  }
}

function newStanding(repository: string): Standing {
  return {
    repository,
    state: 'planned',
    reason: undefined,
    head: undefined,
    files: 0,
    fixes: {},
    branch: undefined,
    commit: undefined,
    content: undefined,
    intents: [],
    pullRequest: undefined,
    openedAt: undefined,
    checks: 'none',
    wave: undefined,
    at: '',
  };
}

/** A new plan changes nothing about what is already on the forge. */
function stateAfterPlan(standing: Standing): RepositoryState {
  return isPushed(standing) ? standing.state : 'planned';
}

function stateAfterFailure(standing: Standing, event: 'skipped' | 'failed'): RepositoryState {
  return isPushed(standing) ? standing.state : event;
}

function isPushed({ state }: Standing): boolean {
  return state === 'pushed' || state === 'open' || state === 'merged' || state === 'closed';
}
