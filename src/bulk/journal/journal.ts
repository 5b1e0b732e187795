import { closeSync, fdatasync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { plural } from '../../report/counts.js';
import { isRefusal } from '../../refusal.js';
import { recordOf } from './record-schema.js';
import type { JournalEvent, JournalRecord } from './types.js';

/** What happened in a campaign: one JSON object per line. Lines are only ever appended. */
export interface Journal {
  readonly records: readonly JournalRecord[];
  /** Written when it returns, on the disk when the promise resolves: concurrent calls share one flush. */
  append(repository: string, event: JournalEvent): Promise<JournalRecord>;
  close(): Promise<void>;
}

/** Told of damaged lines, in a sentence with the file and the line. */
type Notice = (text: string) => void;
const ignoreNotice: Notice = () => undefined;

/** The records of a journal, without damaged lines and a last line that a crash cut off. */
export function readJournal(file: string, notice: Notice = ignoreNotice): readonly JournalRecord[] {
  return parseJournal(file, notice).records;
}

/** Opens a journal for appending, and removes a last line that a crash cut off. */
export function openJournal(file: string, now: () => Date, notice: Notice = ignoreNotice): Journal {
  mkdirSync(dirname(file), { recursive: true });
  const { records, length } = parseJournal(file, notice);
  const handle = openSync(file, 'a');
  ftruncateSync(handle, length);
  syncFolder(dirname(file));
  const flush = flusher(handle);
  let end = length;
  return {
    records,
    async append(repository, event) {
      const record: JournalRecord = { at: now().toISOString(), repository, ...event };
      end = writeLine(handle, end, JSON.stringify(record));
      records.push(record);
      await flush();
      return record;
    },
    async close() {
      await flush();
      closeSync(handle);
    },
  };
}

/** Appends a line at `end`, or nothing when it does not fit on the disk. @returns the new end */
function writeLine(handle: number, end: number, line: string): number {
  const bytes = Buffer.from(`${line}\n`);
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at);
    return end + bytes.length;
  } catch (error) {
    ftruncateSync(handle, end);
    throw error;
  }
}

/** Flushes what is written so far. Callers that come while a flush is running share the next one. */
function flusher(handle: number): () => Promise<void> {
  const once = (): Promise<void> =>
    new Promise((resolve, reject) => fdatasync(handle, (error) => (error === null ? resolve() : reject(error))));
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const start = (): Promise<void> => {
    next = undefined;
    running = once().finally(() => (running = undefined));
    return running;
  };
  return () => (running === undefined ? start() : (next ??= running.then(start, start)));
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

/** More damaged lines than this are counted, not named. */
const NAMED_LINES = 3;

/** A damaged line is passed over. `length`: the bytes up to the end of the last complete line. */
function parseJournal(file: string, notice: Notice): { readonly records: JournalRecord[]; readonly length: number } {
  const bytes = readBytes(file);
  const length = bytes.lastIndexOf(0x0a) + 1;
  const records: JournalRecord[] = [];
  let damaged = 0;
  for (const [index, line] of bytes.toString('utf8', 0, length).split('\n').slice(0, -1).entries()) {
    const record = recordOf(line);
    if (!isRefusal(record)) records.push(record);
    else if (++damaged <= NAMED_LINES)
      notice(`${file}:${index + 1}: the record is damaged and counts for nothing: ${record.reason}`);
  }
  if (damaged > NAMED_LINES)
    notice(`${file}: ${plural(damaged - NAMED_LINES, 'more record is', 'more records are')} damaged`);
  if (damaged > 0) notice(`${file}: ${REPAIR}`);
  return { records, length };
}

const REPAIR =
  'put back a copy of the file, or remove the damaged lines and run `dockmod bulk apply`: it looks at each repository and records what it finds';

/** A new file survives a crash only when its folder is flushed, too. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
