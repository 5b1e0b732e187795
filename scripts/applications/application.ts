/** The applications of test/applications: each a folder with its build context and what it is asked. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Application {
  readonly name: string;
  readonly folder: string;
  /** A server: the port it listens on, and requests such as `GET /`. */
  readonly port?: number;
  readonly requests?: readonly string[];
  /** Else: argument lists to run it with; none of its own is `[]`. */
  readonly runs?: readonly (readonly string[])[];
}

const FOLDER = join('test', 'applications');

/** All of them, or those whose names begin with one of the words, by name. */
export function applications(wanted: readonly string[]): readonly Application[] {
  return readdirSync(FOLDER)
    .filter((name) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)))
    .sort()
    .map((name) => ({
      ...readJson(join(FOLDER, name, 'application.json')),
      name,
      folder: join(FOLDER, name, 'context'),
    }));
}

function readJson(path: string): Omit<Application, 'name' | 'folder'> {
  return JSON.parse(readFileSync(path, 'utf8')) as Omit<Application, 'name' | 'folder'>;
}

/** They begin with another one for another commit: of a part of them, all are built in turn. */
export function rotated<T>(all: readonly T[], commit: string): readonly T[] {
  const start = Number.parseInt(commit.slice(0, 8), 16) % Math.max(all.length, 1);
  return [...all.slice(start), ...all.slice(0, start)];
}
