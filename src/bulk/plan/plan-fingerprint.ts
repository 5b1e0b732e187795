import { createHash } from 'node:crypto';
import type { PlanEntry } from './types.js';

/**
 * Hash of what a plan changes: messages, paths, and the added and removed lines, but not where they are in a file. Plans from different commits
 * have the same fingerprint when their fixes are the same.
 */
export function fingerprintOf({ commits }: Pick<PlanEntry, 'commits'>): string {
  const lines = commits.flatMap(({ message, files }) => [
    message,
    ...files.flatMap(({ path, diff }) => [path, ...diff.split('\n').filter(isEdit)]),
  ]);
  return createHash('sha256').update(JSON.stringify(lines)).digest('hex').slice(0, 32);
}

/** True for added and removed lines; hunk headers and object ids differ between commits. */
function isEdit(line: string): boolean {
  return /^[+-](?!\+\+ |-- )/.test(line);
}
