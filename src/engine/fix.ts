import { applyEdits, lineNumber, sortEdits } from '../dockerfile/edit.js';
import { parseDockerfile } from '../dockerfile/parse.js';
import { readersAgree } from '../dockerfile/second-reader.js';
import { DockerfileError, type Dockerfile, type Edit } from '../dockerfile/types.js';
import { overlayContext } from '../facts/overlay.js';
import type { Facts } from '../facts/types.js';
import { compareImages } from '../image/compare.js';
import { imageState } from '../image/state.js';
import type { ImageState } from '../image/types.js';
import { readIgnores } from './ignore.js';
import { originalOffset } from './origin.js';
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
import { untouchedProblem } from './untouched.js';

export interface FixOptions {
  /** In the order in which they run. */
  readonly transforms: readonly Transform[];
  readonly facts: Facts;
  /** Options by transform; what is missing has the transform's default. */
  readonly options?: Readonly<Record<string, Readonly<Record<string, OptionValue>>>>;
  readonly maxRounds?: number;
}

const MAX_ROUNDS = 10;

/** A text with what was worked out of it. */
interface Reading {
  readonly dockerfile: Dockerfile;
  readonly image: ImageState;
  /** The state by the text alone, which the contract check compares. */
  readonly plain: () => ImageState;
}

interface Run {
  readonly options: FixOptions;
  readonly askBoth: boolean;
  readonly original: string;
  facts: Facts;
  reading: Reading;
  readonly changes: Applied[];
  readonly problems: Problem[];
  readonly contextEdits: Map<string, ContextEdit>;
  /** Edits so far, oldest first: the way back to a line of the original. */
  readonly history: (readonly Edit[])[];
  /** By transform: what it left alone when it ran last. */
  readonly leftAlone: Map<string, Refused[]>;
}

/**
 * Takes one Dockerfile through the transforms until nothing changes. Pure: the same text, facts and options give the same
 * result. What can't be read comes back as it was, with a problem.
 */
export function fix(text: string, options: FixOptions): Result {
  const result = fixOnce(text, options, false);
  if (hasSameLines(text, result.after) || agree(result.after) || !agree(text)) return result;
  return fixOnce(text, options, true);
}

/** No line was added, taken or continued: then no reader sees other instructions than before. */
function hasSameLines(before: string, after: string): boolean {
  if (before === after) return true;
  const [lines, others] = [before.split('\n'), after.split('\n')];
  const continues = (line: string | undefined): boolean => /[\\`][ \t\r]*$|<</.test(line ?? '');
  return lines.length === others.length && lines.every((line, index) => continues(line) === continues(others[index]));
}

/** Two readers cut the text, which parses, into the same instructions. */
function agree(text: string): boolean {
  try {
    return readersAgree(parseDockerfile(text));
  } catch {
    return false;
  }
}

/** With `askBoth`, a transform's changes are dropped when the two readers disagree on what it wrote. */
function fixOnce(text: string, options: FixOptions, askBoth: boolean): Result {
  const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const original = text.slice(bom.length);
  const reading = readSafely(original, options.facts);
  if ('kind' in reading) return untouched(text, [reading]);
  const run: Run = {
    options,
    askBoth,
    original,
    facts: options.facts,
    reading,
    changes: [],
    problems: [],
    contextEdits: new Map(),
    history: [],
    leftAlone: new Map(),
  };
  const stuck = runRounds(run);
  if (stuck !== undefined) return untouched(text, [...run.problems, stuck]);
  return {
    before: text,
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
  return JSON.stringify([reading.dockerfile.text, ...[...contextEdits.values()].map(({ after }) => after)]);
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
      const reason = finding.kind === 'change' ? ignored(transform.name, finding) : undefined;
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

function defaultsOf(transform: Transform): Record<string, OptionValue> {
  const specs = Object.entries(transform.options ?? {});
  return Object.fromEntries(specs.map(([name, spec]) => [name, spec.default]));
}

function refuse(run: Run, { name, level }: Transform, { code, reason, range }: LeftAlone): void {
  const line = lineOf(run, range.start);
  run.leftAlone.get(name)?.push({ transform: name, level, code, reason, line });
}

function lineOf(run: Run, offset: number): number {
  return lineNumber(run.original, originalOffset(run.history, offset));
}

/** Applies all changes together; when that breaks a guard, one by one, so that only the guilty ones are dropped. */
function applyChanges(run: Run, transform: Transform, changes: readonly Change[]): boolean {
  const together = attempt(run, transform, changes);
  if (typeof together !== 'string') return accept(run, transform, changes, together);
  if (changes.length > 1) {
    const good = changes.filter((change) => typeof attempt(run, transform, [change]) !== 'string');
    const reading = attempt(run, transform, good);
    noteBroken(run, transform, together, changes.find((change) => !good.includes(change)) ?? changes[0]);
    return good.length > 0 && typeof reading !== 'string' && accept(run, transform, good, reading);
  }
  noteBroken(run, transform, together, changes[0]);
  return false;
}

function noteBroken(run: Run, transform: Transform, message: string, change: Change | undefined): void {
  const line = change && lineOf(run, change.range.start);
  run.problems.push({ kind: 'contract', message: `${transform.name}: ${message}`, line, transform: transform.name });
}

/** The reading of the text with the changes made, or what is wrong with it. */
function attempt(run: Run, transform: Transform, changes: readonly Change[]): Reading | string {
  const { reading } = run;
  const edits = sortEdits(changes.flatMap((change) => change.edits));
  let text: string;
  try {
    text = applyEdits(reading.dockerfile.text, edits);
  } catch (error) {
    return error instanceof RangeError ? error.message : String(error);
  }
  if (text === reading.dockerfile.text) return reading;
  const next = readSafely(text, run.facts);
  if ('kind' in next) return `what it writes can't be read: ${next.message} (line ${next.line ?? 0})`;
  const swallowed = untouchedProblem(reading.dockerfile, next.dockerfile, edits);
  if (swallowed !== undefined) return swallowed;
  if (run.askBoth && !readersAgree(next.dockerfile)) return 'two readers see what it writes differently';
  const broken = compareImages(...comparable(reading, next, transform)).find(
    ({ facet }) => !transform.mayChange.includes(facet),
  );
  return broken === undefined ? next : `it may not change this: ${broken.message}`;
}

/** With a new base, what is known of it may differ too: then the states by the text alone are compared. */
function comparable(before: Reading, after: Reading, { mayChange }: Transform): [ImageState, ImageState] {
  return mayChange.includes('base') ? [before.plain(), after.plain()] : [before.image, after.image];
}

function accept(run: Run, { name, level }: Transform, changes: readonly Change[], reading: Reading): boolean {
  for (const { message, range } of changes)
    run.changes.push({ transform: name, level, message, line: lineOf(run, range.start) });
  const contextChanged = addContextEdits(run, changes);
  if (reading === run.reading) return contextChanged;
  run.history.push(sortEdits(changes.flatMap(({ edits }) => edits)));
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
  const { context } = run.options.facts;
  if (changed && context !== undefined)
    run.facts = { ...run.facts, context: overlayContext(context, [...run.contextEdits.values()]) };
  return changed;
}

function readSafely(text: string, facts: Facts): Reading | Problem {
  try {
    const dockerfile = parseDockerfile(text);
    let plain: ImageState | undefined;
    return {
      dockerfile,
      image: imageState(dockerfile, facts.images),
      plain: () => (plain ??= imageState(dockerfile)),
    };
  } catch (error) {
    if (!(error instanceof DockerfileError)) throw error;
    return { kind: 'parse', message: error.message, line: error.line, transform: undefined };
  }
}
