import { htmlReport } from './html.js';
import { markdownReport } from './markdown.js';
import type { ReportModel } from './model.js';

export { makeReport, type ReportInput, type ReportModel, type ReportRow } from './model.js';

/** The three files of the report, by name. */
export function reportFiles(model: ReportModel): Readonly<Record<string, string>> {
  return {
    'report.html': htmlReport(model),
    'report.md': markdownReport(model),
    'report.json': `${JSON.stringify(model, null, 2)}\n`,
  };
}
