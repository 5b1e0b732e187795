import type { FileProblem, FileReport } from '../report/types.js';
import type { Job, Outcome } from './fix-job.js';

type Failure = Pick<FileProblem, 'kind' | 'message' | 'line'>;

/** The report on a finished job, before files of the context are written. */
export function reportOf({ shown: path }: Job, outcome: Outcome): FileReport {
  if ('error' in outcome) return failedReport(path, outcome.error);
  const { result, context, more } = outcome;
  const problems = result.problems.map((problem) => ({ ...problem, path }));
  return { ...result, path, read: true, context, more, contextFiles: [], problems };
}

/** The report on a file that could not be read. @param path as shown */
export function failedReport(path: string, { kind, message, line }: Failure): FileReport {
  const problem = { kind, path, line, message, transform: undefined };
  const nothing = { before: '', after: '', changes: [], leftAlone: [], contextFiles: [], more: {}, context: undefined };
  return { ...nothing, path, read: false, problems: [problem] };
}
