import type { Reporter, ReportOptions } from './reporter.js';
import { isChanged } from './summary.js';
import { diffOf } from './text.js';

/** For programs: one object `{version, files, summary}`, printed with one line for each file. */
export function jsonReporter({ diff }: ReportOptions): Reporter {
  let separator = '';
  return {
    start: () => ({ out: '{"version":1,"files":[' }),
    file(report) {
      const { path, skipped, changes, leftAlone, contextFiles, context, problems, warnings } = report;
      const written = contextFiles.map((file) => ({ path: file.path, new: file.before === undefined }));
      const patch = diff ? { diff: diffOf(report) } : {};
      const row = {
        path,
        ...(skipped === undefined ? {} : { skipped }),
        changed: isChanged(report),
        changes,
        leftAlone,
        contextFiles: written,
        context,
        problems,
        warnings,
        ...patch,
      };
      const out = `${separator}\n${JSON.stringify(row)}`;
      separator = ',';
      return { out };
    },
    end: (summary) => ({ out: `\n],"summary":${JSON.stringify(summary)}}\n` }),
  };
}
