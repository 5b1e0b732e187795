import type { Reporter, ReportOptions } from './reporter.js';
import { isChanged } from './summary.js';
import { diffOf } from './text.js';

/** For a program: one object, `{version, files, summary}`, a file a line. */
export function jsonReporter({ diff }: ReportOptions): Reporter {
  let separator = '';
  return {
    start: () => ({ out: '{"version":1,"files":[' }),
    file(report) {
      const { path, changes, leftAlone, contextFiles, context, problems } = report;
      const written = contextFiles.map((file) => ({ path: file.path, new: file.before === undefined }));
      const patch = diff ? { diff: diffOf(report) } : {};
      const row = {
        path,
        changed: isChanged(report),
        changes,
        leftAlone,
        contextFiles: written,
        context,
        problems,
        ...patch,
      };
      const out = `${separator}\n${JSON.stringify(row)}`;
      separator = ',';
      return { out };
    },
    end: (tally) => ({ out: `\n],"summary":${JSON.stringify(tally)}}\n` }),
  };
}
