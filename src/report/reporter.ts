import { jsonReporter } from './json.js';
import { markdownReporter } from './markdown.js';
import type { Tally } from './summary.js';
import type { Looks } from './terminal.js';
import { textReporter } from './text.js';
import type { FileProblem, FileReport } from './types.js';

export const FORMATS = ['text', 'json', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

/** What is to be printed: `out` is what was asked for, `err` what is said beside it. */
export interface Output {
  readonly out?: string;
  readonly err?: string;
}

export interface ReportOptions {
  readonly format: Format;
  /** Show the unified diff. */
  readonly diff: boolean;
  /** Nothing was written. */
  readonly dryRun: boolean;
  /** Problems, and a diff that was asked for; nothing else. */
  readonly quiet: boolean;
  readonly out: Looks;
  readonly err: Looks;
}

/** Turns a run into text, file by file. */
export interface Reporter {
  start(): Output;
  file(report: FileReport): Output;
  end(tally: Tally): Output;
}

export function makeReporter(options: ReportOptions): Reporter {
  return { text: textReporter, json: jsonReporter, markdown: markdownReporter }[options.format](options);
}

/** `path:line: message`, as editors and CI understand it. */
export function problemLine({ path, line, message }: Pick<FileProblem, 'path' | 'line' | 'message'>): string {
  return `${path}${line === undefined ? '' : `:${line}`}: ${message}`;
}
