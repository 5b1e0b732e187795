import { takeLayout, withoutLayout } from '../engine/layout.js';
import type { Result } from '../engine/types.js';
import { overlayContext } from '../facts/context/overlay.js';
import { describeError } from './disk/errors.js';
import type { FixedText } from './fix-text.js';
import { TimeLimitError } from './time-limit.js';

/** Runs synchronous work for as long as it may take. @throws TimeLimitError */
export type Limited = <T>(work: () => T) => T;

/** Has a text laid out by Prettier. What the run writes beside the Dockerfile is in place when a second run looks. */
export async function layOut({ result, options }: FixedText, limited: Limited): Promise<Result> {
  if (result.problems.some(({ kind }) => kind === 'parse')) return result;
  const { context } = options.facts;
  const facts = { ...options.facts, context: context && overlayContext(context, result.contextEdits) };
  const { format } = await import('./prettier.js');
  try {
    const laidOut = await format(result.after);
    if ((await format(laidOut)) !== laidOut)
      return withoutLayout(result, 'not formatted: Prettier does not settle on a layout');
    return limited(() => takeLayout(result, laidOut, { ...options, facts }));
  } catch (error) {
    if (error instanceof TimeLimitError) throw error;
    return withoutLayout(result, `not formatted: Prettier failed: ${describeError(error)}`);
  }
}
