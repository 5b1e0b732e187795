/** A text of about this many characters. */
export type TextOf = (length: number) => string;

const LENGTH = 50_000;
/** Looked at before: an expression that grows faster than the square would not be done with LENGTH. */
const SHORT = [24, 300, 3000];
/** Linear expressions take less than a millisecond for LENGTH characters, those with a square hundreds. */
const SUSPICIOUS_MS = 40;

/**
 * Whether an expression needs more than linear time for growing texts. Counts the time of this process's processor alone, and of several
 * tries the best: a busy machine makes nothing look slow.
 */
export function growsTooFast(expression: RegExp, textOf: TextOf): boolean {
  const best = (length: number): number =>
    Math.min(...[1, 2, 3].map(() => millisecondsFor(expression, textOf(length))));
  const isSuspicious = (length: number): boolean => millisecondsFor(expression, textOf(length)) >= SUSPICIOUS_MS;
  if (SHORT.some((length) => isSuspicious(length) && best(length) >= SUSPICIOUS_MS)) return true;
  if (!isSuspicious(LENGTH)) return false;
  const once = best(LENGTH);
  return once >= SUSPICIOUS_MS && once > 3 * best(LENGTH / 2);
}

function millisecondsFor(expression: RegExp, text: string): number {
  const start = process.cpuUsage();
  if (expression.global) text.replace(expression, '');
  else expression.test(text);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
