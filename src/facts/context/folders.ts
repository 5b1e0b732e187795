import { readdirSync } from 'node:fs';

export type EntryKind = 'file' | 'directory' | 'link' | 'other';

/** What lies in a directory, by name. */
export type Entries = ReadonlyMap<string, EntryKind>;

/** A directory with more entries counts as unreadable: what is in it is not known. */
const MAX_ENTRIES = 20_000;

/**
 * The directories of this machine, each read once: one reading answers for every name asked of it, and for those that are not
 * there.
 */
export class Folders {
  private readonly known = new Map<string, Entries | undefined>();

  /** Undefined for what is no directory or can't be read. */
  read(path: string): Entries | undefined {
    if (!this.known.has(path)) this.known.set(path, readEntries(path));
    return this.known.get(path);
  }
}

function readEntries(path: string): Entries | undefined {
  try {
    const entries = readdirSync(path, { withFileTypes: true });
    if (entries.length > MAX_ENTRIES) return undefined;
    return new Map(
      entries.map((entry) => [
        entry.name,
        entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : entry.isSymbolicLink() ? 'link' : 'other',
      ]),
    );
  } catch {
    return undefined;
  }
}
