import type { Dockerfile, Range } from '../dockerfile/types.js';
import { overlayContext } from '../facts/context/overlay.js';
import type { ContextEdit } from '../facts/context/types.js';
import type { Facts } from '../facts/types.js';
import type { Refusal } from '../refusal.js';
import type { Snapshot } from './guards.js';
import type { Level } from './levels.js';
import type { LineMap } from './line-map.js';
import type { OptionValues } from './options.js';
import type { Applied, Change, Problem, Refused, Transform } from './types.js';

export interface FixOptions {
  /** In the order in which they run. */
  readonly transforms: readonly Transform[];
  /** Or how to find them, once the file has been read. */
  readonly facts: Facts | ((dockerfile: Dockerfile) => Facts);
  /** Options by transform; what is missing has the transform's default. */
  readonly options?: OptionValues;
  /** Changes above it are left alone, unless that is their transform's own level; `guarded` unless given. */
  readonly level?: Level | undefined;
  /** All transforms there are: ignore comments may name them. Undefined where they are not known; then no name is wrong. */
  readonly known?: readonly Transform[] | undefined;
  readonly maxRounds?: number;
  /** Called before each transform: what to blame if it does not end. */
  readonly onTransform?: (transform: Transform) => void;
}

/** How far the transforms have got with a file, and what they have done. */
export interface Run {
  readonly options: FixOptions;
  /** A transform's changes are dropped when the two readers disagree on what it wrote. */
  readonly askBoth: boolean;
  readonly lines: LineMap;
  facts: Facts;
  /** As they were before any change. */
  readonly given: Facts;
  snapshot: Snapshot;
  readonly changes: Applied[];
  readonly problems: Problem[];
  readonly contextEdits: Map<string, ContextEdit>;
  /** Offsets, in the original, of the ignore comments that forbade something. */
  readonly usedIgnores: Set<number>;
  /** By transform: what it left alone when it ran last. */
  readonly leftAlone: Map<string, Refused[]>;
}

/** What a later round must not come back to. */
export function stateOf({ snapshot, contextEdits }: Run): string {
  return [snapshot.dockerfile.text, ...[...contextEdits.values()].map(({ after }) => after)].join('\0');
}

export function noteLeftAlone(run: Run, name: string, level: Level, { code, reason }: Why, range: Range): void {
  const line = run.lines.line(range.start);
  run.leftAlone.get(name)?.push({ transform: name, level, code, reason: asGiven(run, reason), line });
}

type Why = Pick<Refusal, 'code' | 'reason'>;

/** A message of a transform names lines of the text that it was given, people know those of the file. */
function asGiven({ lines, snapshot }: Run, message: string): string {
  return lines.message(message, snapshot.dockerfile);
}

/** The transform does not run again. */
export function noteProblem(run: Run, kind: Problem['kind'], transform: string, message: string, at?: Change): void {
  run.problems.push({ kind, message, line: at && run.lines.line(at.range.start), transform });
}

/** The name of a transform in messages: one of a plug-in is named with its file. */
export function nameWithFile({ name, plugin }: Transform): string {
  return plugin === undefined ? name : `${name} (${plugin})`;
}

/** A transform that failed. It does not run again. */
export function noteCrash(run: Run, transform: Transform, error: unknown): void {
  const [name, where] = [transform.name, nameWithFile(transform)];
  const [message, stack] = error instanceof Error ? [error.message, error.stack] : [String(error), undefined];
  run.problems.push({ kind: 'crash', message: `${where} failed: ${message}`, line: undefined, transform: name, stack });
}

/** Takes changes over, with the text that they gave; false when neither it nor a file of the context differs. */
export function accept(run: Run, transform: Transform, changes: readonly Change[], next: Snapshot): boolean {
  for (const one of changes) run.changes.push(applied(run, transform, one));
  const contextChanged = addContextEdits(run, changes);
  if (next === run.snapshot) return contextChanged;
  run.lines.add(changes.flatMap(({ edits }) => edits));
  run.snapshot = next;
  return true;
}

function applied(run: Run, { name, ...transform }: Transform, change: Change): Applied {
  const { range, edits, level = transform.level, covers = transform.covers } = change;
  const [line, message] = [run.lines.line(range.start), asGiven(run, change.message)];
  const at = { transform: name, level, message, line, covers };
  return edits.length === 0 ? { ...at, inContext: true } : at;
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
