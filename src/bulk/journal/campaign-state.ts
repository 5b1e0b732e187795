import { journalFile, type Session } from '../campaign/session.js';
import { openJournal } from './journal.js';
import { nextStanding, standingsOf } from './repository-status.js';
import type { JournalEvent, JournalRecord, Standing } from './types.js';

/** The journal of a campaign, and what it comes to for each repository. */
export interface Book {
  readonly standings: ReadonlyMap<string, Standing>;
  readonly records: readonly JournalRecord[];
  /** On the disk when the promise resolves. */
  record(repository: string, event: JournalEvent): Promise<Standing>;
  close(): Promise<void>;
}

export function openBook(session: Session): Book {
  const journal = openJournal(journalFile(session), session.now);
  const standings = standingsOf(journal.records);
  return {
    standings,
    records: journal.records,
    async record(repository, event) {
      const record = await journal.append(repository, event);
      const standing = nextStanding(standings.get(repository), record);
      standings.set(repository, standing);
      return standing;
    },
    close: () => journal.close(),
  };
}
