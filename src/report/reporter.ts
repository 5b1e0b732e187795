import type { Summary } from './summary.js';
import type { TerminalStyle } from './colours.js';
import type { FileProblem, FileReport } from './types.js';

export const FORMATS = ['text', 'json', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

/** Text to print, to standard output and standard error. */
export interface Output {
  readonly out?: string;
  readonly err?: string;
}

export interface ReportOptions {
  readonly format: Format;
  /** Include the unified diff. */
  readonly diff: boolean;
  /** Nothing is written. */
  readonly dryRun: boolean;
  /** In text: print only problems, and the diff if asked for. */
  readonly quiet: boolean;
  readonly out: TerminalStyle;
  readonly err: TerminalStyle;
}

/** Turns a run into text, file by file. */
export interface Reporter {
  start(): Output;
  file(report: FileReport): Output;
  end(summary: Summary): Output;
}

/** `path:line: message`, the form that editors and CI recognise. */
export function problemLine({ path, line, message }: Pick<FileProblem, 'path' | 'line' | 'message'>): string {
  return `${path}${line === undefined ? '' : `:${line}`}: ${message}`;
}
