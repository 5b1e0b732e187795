import { jsonReporter } from './json.js';
import { markdownReporter } from './markdown.js';
import type { Reporter, ReportOptions } from './reporter.js';
import { textReporter } from './text.js';

const REPORTERS = { text: textReporter, json: jsonReporter, markdown: markdownReporter };

/** The reporter for the format in the options. */
export function makeReporter(options: ReportOptions): Reporter {
  return REPORTERS[options.format](options);
}
