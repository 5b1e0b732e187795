import type { Facet } from '../image/types.js';
import { memoize } from '../memoize.js';
import { isRefusal, refuse, type Refusal } from '../refusal.js';
import { attempt, type Snapshot } from './guards.js';
import { readIgnores } from './ignore.js';
import { DEFAULT_LEVEL, higherLevel, isAbove, LEVELS, NEEDS_LEVEL, SAFE_FACETS } from './levels.js';
import { accept, noteCrash, noteLeftAlone, noteProblem, type Run } from './run.js';
import type { OptionValue } from './options.js';
import { trimWrittenLines } from './trailing-blanks.js';
import type { Change, Finding, Transform } from './types.js';

/** True when the transform changed something. What goes wrong is noted, and its changes are dropped. */
export function runTransform(run: Run, transform: Transform): boolean {
  run.options.onTransform?.(transform);
  run.leftAlone.set(transform.name, []);
  try {
    const changes = findChanges(run, transform);
    return changes.length > 0 && applyChanges(run, transform, trimWrittenLines(run.snapshot.dockerfile.text, changes));
  } catch (error) {
    noteCrash(run, transform, error);
    return false;
  }
}

/** Why a comment forbids it; undefined when none does. */
type Ignored = (transform: Transform, finding: Finding) => Refusal | undefined;

/** The changes that may be made; what is left alone is noted. */
function findChanges(run: Run, transform: Transform): readonly Change[] {
  const { name, level } = transform;
  const { dockerfile, image } = run.snapshot;
  const options = { ...defaultsOf(transform), ...run.options.options?.[name] };
  const findings = [...transform.find({ dockerfile, image, facts: run.facts, options })];
  if (findings.length === 0) return [];
  const check = readIgnores(
    dockerfile,
    run.options.known?.map((one) => one.name),
  );
  const ignored: Ignored = (one, finding) => {
    const forbidden = check(one, finding);
    if (forbidden?.comment !== undefined) run.usedIgnores.add(run.lines.offset(forbidden.comment.range.start));
    return forbidden?.refusal;
  };
  const changes: Change[] = [];
  for (const finding of findings) {
    if (finding.kind === 'left-alone') {
      ignored(transform, finding);
      noteLeftAlone(run, name, level, finding, finding.range);
      continue;
    }
    const problem = levelProblem(transform, finding);
    const refusal = refuseChange(run, transform, finding, ignored);
    if (problem !== undefined) noteBroken(run, transform, problem, finding);
    else if (refusal !== undefined) noteLeftAlone(run, name, finding.level ?? level, refusal, finding.range);
    else changes.push(finding);
  }
  return changes;
}

const defaultsOf = memoize(({ options = {} }: Transform): Readonly<Record<string, OptionValue>> =>
  Object.fromEntries(Object.entries(options).map(([name, spec]) => [name, spec.default])),
);

/** A change's level is no lower than its transform's: it can't promise more. */
function levelProblem({ level }: Transform, change: Change): string | undefined {
  if (change.level === undefined || (LEVELS.includes(change.level) && !isAbove(level, change.level))) return undefined;
  return `its change can't be ${JSON.stringify(change.level)}: the transform is ${level}`;
}

/** Whoever names a transform has its own level, whatever the run's is; what its changes need beyond that has to be asked for. */
function refuseChange(run: Run, transform: Transform, change: Change, ignored: Ignored): Refusal | undefined {
  const { level = transform.level, message } = change;
  const limit = higherLevel(transform.level, run.options.level ?? DEFAULT_LEVEL);
  const forbidden = ignored(transform, change);
  if (forbidden !== undefined || !isAbove(level, limit)) return forbidden;
  return refuse(NEEDS_LEVEL, `it needs level ${level}: ${message}`);
}

/** Applies all changes together; when that breaks a guard, one by one, so that only the guilty ones are dropped. */
function applyChanges(run: Run, transform: Transform, changes: readonly Change[]): boolean {
  const guards = { images: run.given.images, askBoth: run.askBoth };
  const make = (some: readonly Change[], mayChange: readonly Facet[]): Snapshot | Refusal =>
    attempt(run.snapshot, some, mayChange, guards);
  const together = make(changes, facetsOf(transform, changes));
  if (!isRefusal(together)) return accept(run, transform, changes, together);
  const alone = changes.map((change) => ({ change, made: make([change], facetsOf(transform, [change])) }));
  const good = alone.flatMap(({ change, made }) => (isRefusal(made) ? [] : [change]));
  const next = good.length === 0 ? together : make(good, transform.mayChange);
  const [guilty] = alone.flatMap(({ change, made }) => (isRefusal(made) ? [{ change, reason: made.reason }] : []));
  if (guilty !== undefined) noteBroken(run, transform, guilty.reason, guilty.change);
  else if (isRefusal(next)) noteBroken(run, transform, next.reason, changes[0]);
  return !isRefusal(next) && accept(run, transform, good, next);
}

/** With a safe change among them, no more than safe allows, whatever the transform declares. */
function facetsOf(transform: Transform, changes: readonly Change[]): readonly Facet[] {
  const safe = changes.some(({ level = transform.level }) => level === 'safe');
  return safe ? transform.mayChange.filter((facet) => SAFE_FACETS.includes(facet)) : transform.mayChange;
}

function noteBroken(run: Run, { name }: Transform, reason: string, change: Change | undefined): void {
  noteProblem(run, 'contract', name, `${name}: ${reason}`, change);
}
