import type { JournalRecord, RepositoryState, RepositoryStatus } from './types.js';

/** Status of each repository by id, in the order of their first records. */
export function statusesOf(records: Iterable<JournalRecord>): Map<string, RepositoryStatus> {
  const statuses = new Map<string, RepositoryStatus>();
  for (const record of records) statuses.set(record.repository, nextStatus(statuses.get(record.repository), record));
  return statuses;
}

/** The status of a repository after one more record. */
export function nextStatus(before: RepositoryStatus | undefined, record: JournalRecord): RepositoryStatus {
  const status: RepositoryStatus = { ...(before ?? newStatus(record.repository)), at: record.at };
  switch (record.event) {
    case 'planned': {
      const { head, files, fixes } = record;
      return { ...status, state: stateAfterPlan(status), reason: undefined, head, files, fixes };
    }
    case 'nothing':
      return isPushed(status)
        ? {
            ...status,
            reason: status.state === 'open' ? `${record.reason}: the pull request can be closed` : status.reason,
          }
        : { ...status, state: 'nothing', reason: record.reason, files: 0, fixes: {} };
    case 'skipped':
    case 'failed':
      return { ...status, state: stateAfterFailure(status, record.event), reason: record.reason };
    case 'pushing':
      return { ...status, intents: [...status.intents, record.commit] };
    case 'pushed': {
      const { branch, commit, content } = record;
      const state = status.pullRequest === undefined ? 'pushed' : status.state;
      return { ...status, state, reason: undefined, branch, commit, content };
    }
    case 'withdrawn':
      return { ...status, state: 'closed', reason: record.reason };
    case 'pull-request': {
      const { number, url, state, checks, wave } = record;
      const openedAt = status.pullRequest?.number === number ? status.openedAt : record.at;
      return {
        ...status,
        state,
        reason: undefined,
        pullRequest: { number, url },
        checks,
        wave: wave ?? status.wave,
        openedAt,
      };
    }
  }
}

function newStatus(repository: string): RepositoryStatus {
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

/** A new plan does not change what is already on the forge. */
function stateAfterPlan(status: RepositoryStatus): RepositoryState {
  return isPushed(status) ? status.state : 'planned';
}

function stateAfterFailure(status: RepositoryStatus, event: 'skipped' | 'failed'): RepositoryState {
  return isPushed(status) ? status.state : event;
}

function isPushed({ state }: RepositoryStatus): boolean {
  return state === 'pushed' || state === 'open' || state === 'merged' || state === 'closed';
}
