import { closeSync, fdatasync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { JournalEvent, JournalRecord } from './types.js';

/** What has happened in a campaign: a JSON object a line, only ever added to. */
export interface Journal {
  readonly records: readonly JournalRecord[];
  /** Written when it returns, on the disk when the promise resolves: many at once share a flush. */
  append(repository: string, event: JournalEvent): Promise<JournalRecord>;
  close(): Promise<void>;
}

/** The records of a journal; a last line that a crash cut off is passed over. */
export function readJournal(file: string): readonly JournalRecord[] {
  return parseJournal(readBytes(file)).records;
}

/** Opens a journal to be added to, and takes away a last line that a crash cut off. */
export function openJournal(file: string, now: () => Date): Journal {
  mkdirSync(dirname(file), { recursive: true });
  const { records, length } = parseJournal(readBytes(file));
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

/** Adds a line at `end`, and gives the new end; a line that did not fit on the disk is taken back. */
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

/** Flushes what has been written so far. Who asks while a flush is under way shares the next one. */
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

/** `length` is where the last whole record ends. Bytes that are no record, in the middle of a file, cost that line alone. */
function parseJournal(bytes: Buffer): { readonly records: JournalRecord[]; readonly length: number } {
  const length = bytes.lastIndexOf(0x0a) + 1;
  const records = bytes
    .toString('utf8', 0, length)
    .split('\n')
    .flatMap((line) => parseRecord(line) ?? []);
  return { records, length };
}

function parseRecord(line: string): JournalRecord | undefined {
  try {
    const value = JSON.parse(line) as Partial<JournalRecord> | null;
    return typeof value?.repository === 'string' && typeof value.event === 'string' && typeof value.at === 'string'
      ? (value as JournalRecord)
      : undefined;
  } catch {
    return undefined;
  }
}

/** A new file is in its folder for good when the folder is on the disk. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
