import { runTransform } from './run-transform.js';
import { stateOf, type Run } from './run.js';
import type { Problem } from './types.js';

const MAX_ROUNDS = 10;

/**
 * Runs the transforms in turn until each of them has seen the text as it is; gives a problem when that does not come to an
 * end.
 */
export function runRounds(run: Run): Problem | undefined {
  const { transforms, maxRounds = MAX_ROUNDS } = run.options;
  const seen = new Set([stateOf(run)]);
  let lastChanged: string[] = [];
  let quiet = 0;
  for (let round = 0; round < maxRounds; round++) {
    const changed: string[] = [];
    for (const transform of transforms) {
      if (quiet === transforms.length) return undefined;
      quiet++;
      if (run.problems.some((problem) => problem.transform === transform.name) || !runTransform(run, transform))
        continue;
      changed.push(transform.name);
      quiet = 0;
    }
    if (changed.length === 0) return undefined;
    lastChanged = changed;
    if (seen.has(stateOf(run))) break;
    seen.add(stateOf(run));
  }
  if (quiet === transforms.length) return undefined;
  const message = `the file does not settle; it was changed last by ${lastChanged.join(', ')}`;
  return { kind: 'unsettled', message, line: undefined, transform: lastChanged.at(-1) };
}
