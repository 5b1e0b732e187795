import type { Checks } from './types.js';

export type CheckState = Exclude<Checks, 'none'>;

/** One red check is enough; green only when all are done. */
export function combineChecks(states: readonly CheckState[]): Checks {
  if (states.length === 0) return 'none';
  if (states.includes('red')) return 'red';
  return states.includes('pending') ? 'pending' : 'green';
}
