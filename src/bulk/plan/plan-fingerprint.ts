import { createHash } from 'node:crypto';
import type { PlanEntry } from './types.js';

/** Names what a plan changes, wherever in the files it is: two plans from different commits have the same when their fixes came out the same. */
export function contentOf({ commits }: Pick<PlanEntry, 'commits'>): string {
  const lines = commits.flatMap(({ message, files }) => [
    message,
    ...files.flatMap(({ path, diff }) => [path, ...diff.split('\n').filter(isEdit)]),
  ]);
  return createHash('sha256').update(JSON.stringify(lines)).digest('hex').slice(0, 32);
}

/** Added and removed lines; neither the places of hunks nor object ids. */
function isEdit(line: string): boolean {
  return /^[+-](?!\+\+ |-- )/.test(line);
}
