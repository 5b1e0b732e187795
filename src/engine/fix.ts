import { readersAgree, readersAgreeOnChange } from '../dockerfile/second-reader.js';
import { DockerfileError, type Dockerfile } from '../dockerfile/types.js';
import type { Facts } from '../facts/types.js';
import { readSafely, snapshotOf, type Snapshot } from './guards.js';
import { ignoreWarnings } from './ignore-warnings.js';
import { LineMap } from './line-map.js';
import { runRounds } from './rounds.js';
import type { FixOptions, Run } from './run.js';
import type { Problem, Result } from './types.js';

/**
 * Takes one Dockerfile through the transforms until nothing changes. Pure: the same text, facts and options give the same
 * result. What can't be read comes back as it was, with a problem.
 */
export function fix(text: string, options: FixOptions): Result {
  const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const dockerfile = readSafely(text.slice(bom.length));
  if (dockerfile instanceof DockerfileError) return untouched(text, [parseProblem(dockerfile)]);
  const facts = typeof options.facts === 'function' ? options.facts(dockerfile) : options.facts;
  const snapshot = snapshotOf(dockerfile, facts.images);
  const run = startRun(options, facts, snapshot, false);
  const result = resultOf(run, runRounds(run), dockerfile, text, bom);
  if (result.after === text || readersAgreeOnChange(dockerfile, run.snapshot.dockerfile) || !readersAgree(dockerfile))
    return result;
  const careful = startRun(options, facts, snapshot, true);
  return resultOf(careful, runRounds(careful), dockerfile, text, bom);
}

function startRun(options: FixOptions, facts: Facts, snapshot: Snapshot, askBoth: boolean): Run {
  return {
    options,
    askBoth,
    lines: new LineMap(snapshot.dockerfile.text),
    facts,
    given: facts,
    snapshot,
    changes: [],
    problems: [],
    contextEdits: new Map(),
    usedIgnores: new Set(),
    leftAlone: new Map(),
  };
}

function resultOf(run: Run, stuck: Problem | undefined, original: Dockerfile, before: string, bom: string): Result {
  if (stuck !== undefined) return untouched(before, [...run.problems, stuck]);
  return {
    before,
    after: bom + run.snapshot.dockerfile.text,
    changes: run.changes,
    leftAlone: [...run.leftAlone.values()].flat(),
    contextEdits: [...run.contextEdits.values()],
    problems: run.problems,
    warnings: ignoreWarnings(original, run.usedIgnores, run.options),
  };
}

function untouched(text: string, problems: readonly Problem[]): Result {
  return { before: text, after: text, changes: [], leftAlone: [], contextEdits: [], problems, warnings: [] };
}

function parseProblem({ message, line }: DockerfileError): Problem {
  return { kind: 'parse', message, line, transform: undefined };
}
