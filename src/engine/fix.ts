import { readersAgree, readersAgreeOnChange } from '../dockerfile/second-reader.js';
import type { Dockerfile } from '../dockerfile/types.js';
import { overlayContext } from '../facts/context/overlay.js';
import type { Facts } from '../facts/types.js';
import { memoize } from '../memoize.js';
import { attempt, parseSafely, readingOf, type Reading } from './guards.js';
import { readIgnores } from './ignore.js';
import { Origin } from './line-map.js';
import type {
  Applied,
  Change,
  ContextEdit,
  LeftAlone,
  OptionValue,
  Problem,
  Refused,
  Result,
  Transform,
} from './types.js';

export interface FixOptions {
  /** In the order in which they run. */
  readonly transforms: readonly Transform[];
  /** Or how to find them, once the file has been read. */
  readonly facts: Facts | ((dockerfile: Dockerfile) => Facts);
  /** Options by transform; what is missing has the transform's default. */
  readonly options?: Readonly<Record<string, Readonly<Record<string, OptionValue>>>>;
  readonly maxRounds?: number;
}

const MAX_ROUNDS = 10;

interface Run {
  readonly options: FixOptions;
  readonly askBoth: boolean;
  readonly origin: Origin;
  facts: Facts;
  /** As they were before any change. */
  readonly given: Facts;
  reading: Reading;
  readonly changes: Applied[];
  readonly problems: Problem[];
  readonly contextEdits: Map<string, ContextEdit>;
  /** By transform: what it left alone when it ran last. */
  readonly leftAlone: Map<string, Refused[]>;
}

/**
 * Takes one Dockerfile through the transforms until nothing changes. Pure: the same text, facts and options give the same
 * result. What can't be read comes back as it was, with a problem.
 */
export function fix(text: string, options: FixOptions): Result {
  const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const dockerfile = parseSafely(text.slice(bom.length));
  if ('kind' in dockerfile) return untouched(text, [dockerfile]);
  const facts = typeof options.facts === 'function' ? options.facts(dockerfile) : options.facts;
  const reading = readingOf(dockerfile, facts.images);
  const run = newRun(options, facts, reading, false);
  const result = resultOf(run, runRounds(run), text, bom);
  if (result.after === text || readersAgreeOnChange(dockerfile, run.reading.dockerfile) || !readersAgree(dockerfile))
    return result;
  const careful = newRun(options, facts, reading, true);
  return resultOf(careful, runRounds(careful), text, bom);
}

/** With `askBoth`, a transform's changes are dropped when the two readers disagree on what it wrote. */
function newRun(options: FixOptions, facts: Facts, reading: Reading, askBoth: boolean): Run {
  return {
    options,
    askBoth,
    origin: new Origin(reading.dockerfile.text),
    facts,
    given: facts,
    reading,
    changes: [],
    problems: [],
    contextEdits: new Map(),
    leftAlone: new Map(),
  };
}

function resultOf(run: Run, stuck: Problem | undefined, before: string, bom: string): Result {
  if (stuck !== undefined) return untouched(before, [...run.problems, stuck]);
  return {
    before,
    after: bom + run.reading.dockerfile.text,
    changes: run.changes,
    leftAlone: [...run.leftAlone.values()].flat(),
    contextEdits: [...run.contextEdits.values()],
    problems: run.problems,
  };
}

function untouched(text: string, problems: readonly Problem[]): Result {
  return { before: text, after: text, changes: [], leftAlone: [], contextEdits: [], problems };
}

/**
 * Runs the transforms in turn until each of them has seen the text as it is; gives a problem when that does not come to an
 * end.
 */
function runRounds(run: Run): Problem | undefined {
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

function stateOf({ reading, contextEdits }: Run): string {
  return [reading.dockerfile.text, ...[...contextEdits.values()].map(({ after }) => after)].join('\0');
}

/** True when the transform changed something. What goes wrong is noted, and its changes are dropped. */
function runTransform(run: Run, transform: Transform): boolean {
  const { dockerfile, image } = run.reading;
  run.leftAlone.set(transform.name, []);
  try {
    const options = { ...defaultsOf(transform), ...run.options.options?.[transform.name] };
    const findings = [...transform.find({ dockerfile, image, facts: run.facts, options })];
    const ignored = readIgnores(dockerfile);
    const changes: Change[] = [];
    for (const finding of findings) {
      const reason = finding.kind === 'change' ? ignored(transform, finding) : undefined;
      if (finding.kind === 'left-alone') refuse(run, transform, finding);
      else if (reason === undefined) changes.push(finding);
      else refuse(run, transform, { kind: 'left-alone', code: 'ignored', reason, range: finding.range });
    }
    return changes.length > 0 && applyChanges(run, transform, changes);
  } catch (error) {
    const message = `${transform.name} failed: ${error instanceof Error ? error.message : String(error)}`;
    run.problems.push({ kind: 'crash', message, line: undefined, transform: transform.name });
    return false;
  }
}

const defaultsOf = memoize(({ options = {} }: Transform): Readonly<Record<string, OptionValue>> =>
  Object.fromEntries(Object.entries(options).map(([name, spec]) => [name, spec.default])),
);

function refuse(run: Run, { name, level }: Transform, { code, reason, range }: LeftAlone): void {
  const line = run.origin.line(range.start);
  run.leftAlone.get(name)?.push({ transform: name, level, code, reason, line });
}

/** Applies all changes together; when that breaks a guard, one by one, so that only the guilty ones are dropped. */
function applyChanges(run: Run, transform: Transform, changes: readonly Change[]): boolean {
  const guards = { images: run.given.images, askBoth: run.askBoth };
  const together = attempt(run.reading, transform, changes, guards);
  if (typeof together !== 'string') return accept(run, transform, changes, together);
  if (changes.length > 1) {
    const good = changes.filter((change) => typeof attempt(run.reading, transform, [change], guards) !== 'string');
    const reading = attempt(run.reading, transform, good, guards);
    noteBroken(run, transform, together, changes.find((change) => !good.includes(change)) ?? changes[0]);
    return good.length > 0 && typeof reading !== 'string' && accept(run, transform, good, reading);
  }
  noteBroken(run, transform, together, changes[0]);
  return false;
}

function noteBroken(run: Run, transform: Transform, message: string, change: Change | undefined): void {
  const line = change && run.origin.line(change.range.start);
  run.problems.push({ kind: 'contract', message: `${transform.name}: ${message}`, line, transform: transform.name });
}

function accept(run: Run, { name, level }: Transform, changes: readonly Change[], reading: Reading): boolean {
  for (const { message, range } of changes)
    run.changes.push({ transform: name, level, message, line: run.origin.line(range.start) });
  const contextChanged = addContextEdits(run, changes);
  if (reading === run.reading) return contextChanged;
  run.origin.add(changes.flatMap(({ edits }) => edits));
  run.reading = reading;
  return true;
}

function addContextEdits(run: Run, changes: readonly Change[]): boolean {
  let changed = false;
  for (const edit of changes.flatMap(({ contextEdits }) => contextEdits ?? [])) {
    const earlier = run.contextEdits.get(edit.path);
    if (earlier?.after === edit.after) continue;
    run.contextEdits.set(edit.path, { ...edit, before: earlier === undefined ? edit.before : earlier.before });
    changed = true;
  }
  const { context } = run.given;
  if (changed && context !== undefined)
    run.facts = { ...run.facts, context: overlayContext(context, [...run.contextEdits.values()]) };
  return changed;
}
