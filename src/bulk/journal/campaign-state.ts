import { journalFile, type Session } from '../campaign/session.js';
import { openJournal } from './journal.js';
import { nextStatus, statusesOf } from './repository-status.js';
import type { JournalEvent, JournalRecord, RepositoryStatus } from './types.js';

/** The journal of a campaign and the status of each repository that follows from it. */
export interface CampaignState {
  readonly statuses: ReadonlyMap<string, RepositoryStatus>;
  readonly records: readonly JournalRecord[];
  /** Appends to the journal, which is on the disk when the promise resolves. @returns the new status */
  record(repository: string, event: JournalEvent): Promise<RepositoryStatus>;
  close(): Promise<void>;
}

export function openCampaignState(session: Session): CampaignState {
  const journal = openJournal(journalFile(session), session.now, session.notice);
  const statuses = statusesOf(journal.records);
  return {
    statuses,
    records: journal.records,
    async record(repository, event) {
      const record = await journal.append(repository, event);
      const status = nextStatus(statuses.get(repository), record);
      statuses.set(repository, status);
      return status;
    },
    close: () => journal.close(),
  };
}
