import type { FileProblem, FileReport, Skip } from '../report/types.js';
import { foreignFrames } from './disk/stack.js';
import type { Job, Outcome } from './job.js';

type Failure = Pick<FileProblem, 'kind' | 'message' | 'line' | 'stack'> & Partial<Pick<FileProblem, 'transform'>>;

/** The report on a finished job, before files of the context are written. */
export function reportOf({ shown: path, settings: { level } }: Job, outcome: Outcome): FileReport {
  if ('error' in outcome) return failedReport(path, outcome.error);
  if ('skipped' in outcome) return skippedReport(path, outcome.skipped);
  const { result, context, more } = outcome;
  const problems = result.problems.map(({ stack, ...problem }) => ({ ...problem, path, ...framesOf(stack) }));
  const changes = byLine(result.changes);
  const leftAlone = byLine(result.leftAlone);
  return { ...result, changes, leftAlone, path, read: true, level, context, more, contextFiles: [], problems };
}

/** In the order of the file; on one line, in that of the transforms. */
function byLine<T extends { readonly line: number }>(places: readonly T[]): readonly T[] {
  return [...places].sort((one, other) => one.line - other.line);
}

/** Without frames there is no key, as in reports on files that nothing failed in. */
function framesOf(stack: string | undefined): Pick<FileProblem, 'stack'> {
  const frames = foreignFrames(stack);
  return frames === undefined ? {} : { stack: frames };
}

/** The report on a file that could not be read. @param path as shown */
export function failedReport(path: string, { kind, message, line, stack, transform }: Failure): FileReport {
  const problem = { kind, path, line, message, transform, ...(stack === undefined ? {} : { stack }) };
  return { ...NOTHING, path, problems: [problem] };
}

/** The report on what was not looked into. @param path as shown */
export function skippedReport(path: string, skipped: Skip): FileReport {
  return { ...NOTHING, path, problems: [], skipped };
}

const NOTHING = {
  read: false,
  before: '',
  after: '',
  changes: [],
  leftAlone: [],
  warnings: [],
  contextFiles: [],
  more: {},
  context: undefined,
  level: undefined,
};
