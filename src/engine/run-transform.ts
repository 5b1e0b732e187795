import { memoize } from '../memoize.js';
import { isRefusal } from '../refusal.js';
import { attempt } from './guards.js';
import { readIgnores } from './ignore.js';
import { accept, noteLeftAlone, noteProblem, type Run } from './run.js';
import type { Change, OptionValue, Transform } from './types.js';

/** True when the transform changed something. What goes wrong is noted, and its changes are dropped. */
export function runTransform(run: Run, transform: Transform): boolean {
  run.leftAlone.set(transform.name, []);
  try {
    const changes = findChanges(run, transform);
    return changes.length > 0 && applyChanges(run, transform, changes);
  } catch (error) {
    const message = `${transform.name} failed: ${error instanceof Error ? error.message : String(error)}`;
    noteProblem(run, 'crash', transform.name, message);
    return false;
  }
}

/** The changes that nothing forbids; what is left alone is noted. */
function findChanges(run: Run, transform: Transform): readonly Change[] {
  const { dockerfile, image } = run.snapshot;
  const options = { ...defaultsOf(transform), ...run.options.options?.[transform.name] };
  const findings = [...transform.find({ dockerfile, image, facts: run.facts, options })];
  const ignored = readIgnores(dockerfile);
  const changes: Change[] = [];
  for (const finding of findings) {
    const reason = finding.kind === 'change' ? ignored(transform, finding) : undefined;
    if (finding.kind === 'left-alone') noteLeftAlone(run, transform, finding);
    else if (reason === undefined) changes.push(finding);
    else noteLeftAlone(run, transform, { kind: 'left-alone', code: 'ignored', reason, range: finding.range });
  }
  return changes;
}

const defaultsOf = memoize(({ options = {} }: Transform): Readonly<Record<string, OptionValue>> =>
  Object.fromEntries(Object.entries(options).map(([name, spec]) => [name, spec.default])),
);

/** Applies all changes together; when that breaks a guard, one by one, so that only the guilty ones are dropped. */
function applyChanges(run: Run, transform: Transform, changes: readonly Change[]): boolean {
  const guards = { images: run.given.images, askBoth: run.askBoth };
  const together = attempt(run.snapshot, transform, changes, guards);
  if (!isRefusal(together)) return accept(run, transform, changes, together);
  const good = changes.filter((one) => !isRefusal(attempt(run.snapshot, transform, [one], guards)));
  const guilty = changes.find((one) => !good.includes(one)) ?? changes[0];
  noteProblem(run, 'contract', transform.name, `${transform.name}: ${together.reason}`, guilty);
  if (good.length === 0 || good.length === changes.length) return false;
  const next = attempt(run.snapshot, transform, good, guards);
  return !isRefusal(next) && accept(run, transform, good, next);
}
