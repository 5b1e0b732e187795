import type { Checks } from './types.js';

export type CheckState = Exclude<Checks, 'none'>;

/** Red when any check is red; green only when all of them are done. */
export function combineChecks(states: readonly CheckState[]): Checks {
  if (states.length === 0) return 'none';
  if (states.includes('red')) return 'red';
  return states.includes('pending') ? 'pending' : 'green';
}
