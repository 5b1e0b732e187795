import { buffer } from 'node:stream/consumers';
import type { RunOptions } from '../files/config/types.js';
import { UsageError } from '../files/config/usage-error.js';
import { FileError } from '../files/disk/errors.js';
import { decodeSource } from '../files/disk/read.js';
import { failedReport } from '../files/file-report.js';
import { fixSource } from '../files/source.js';
import { fixTree } from '../files/tree.js';
import { makeReporter } from '../report/make-reporter.js';
import type { Output } from '../report/reporter.js';
import { addToSummary, newSummary } from '../report/summary.js';
import { oneLine } from '../report/terminal.js';
import type { FileReport } from '../report/types.js';
import { compileEarly } from './early-compilation.js';
import { runOptions, type CliOptions } from './options.js';
import { makeProgress } from './terminal/progress.js';
import { styleOf, openStreams, type Streams } from './terminal/streams.js';

export interface RunMode {
  readonly dryRun: boolean;
  readonly diff: boolean;
  /** Exit with 1 when something changed or would change. */
  readonly exitCode: boolean;
}

/** Fixes files or standard input and prints the report. @returns the exit code */
export async function run(paths: readonly string[], options: CliOptions, mode: RunMode): Promise<number> {
  const fromStdin = paths.includes('-');
  if (fromStdin && paths.length > 1) throw new UsageError("- (standard input) can't be combined with other paths");
  if (!fromStdin && options.stdinFilename !== undefined)
    throw new UsageError('--stdin-filename needs - (standard input) as the path');
  const streams = openStreams();
  return fromStdin ? runStdin(options, mode, streams) : runFiles(paths, options, mode, streams);
}

async function runFiles(
  paths: readonly string[],
  options: CliOptions,
  mode: RunMode,
  streams: Streams,
): Promise<number> {
  const progress = makeProgress(options.quiet !== true && !(mode.diff && process.stdout.isTTY));
  const preview = options.format.report === 'text' && options.quiet !== true && !mode.diff;
  const reporter = reporterFor(options, mode);
  const summary = newSummary();
  const print = async ({ out = '', err = '' }: Output): Promise<void> => {
    if (out !== '' || err !== '') progress.clear();
    streams.err(err);
    await streams.out(out);
  };
  await print(reporter.start());
  const run: RunOptions = {
    ...runOptions(options),
    format: options.format.dockerfiles,
    dryRun: mode.dryRun,
    preview,
    onNotice: (text) => {
      progress.clear();
      streams.err(noticeLine(text, options));
    },
    onStart: (files) => {
      compileEarly(files);
      progress.start(files);
    },
  };
  for await (const report of fixTree(paths, run)) {
    addToSummary(summary, report);
    await print(reporter.file(report));
    progress.step();
    if (mode.dryRun && streams.closed()) break;
  }
  await print(reporter.end(summary));
  return exitCodeOf(summary.problems, summary.changed + summary.toMend, mode);
}

function reporterFor(options: CliOptions, mode: RunMode) {
  const { format, quiet = false } = options;
  return makeReporter({
    ...mode,
    format: format.report,
    quiet,
    out: styleOf(process.stdout),
    err: styleOf(process.stderr),
  });
}

function noticeLine(text: string, { quiet }: CliOptions): string {
  return quiet === true ? '' : `note ${oneLine(text)}\n`;
}

function exitCodeOf(problems: number, toDo: number, { exitCode }: RunMode): number {
  return problems > 0 ? 2 : exitCode && toDo > 0 ? 1 : 0;
}

/** `fix -` prints the fixed text, or the text as it was when it can't be read, so that an editor's buffer is never lost. */
async function runStdin(options: CliOptions, mode: RunMode, streams: Streams): Promise<number> {
  const bytes = await buffer(process.stdin);
  const report = await readReport(bytes, options, streams);
  const reporter = reporterFor(options, mode);
  const summary = newSummary();
  addToSummary(summary, report);
  if (options.format.report === 'text' && !mode.dryRun) {
    streams.err(reporter.file(report).err ?? '');
    await streams.out(report.read ? report.after : bytes);
  } else
    for (const { out = '', err = '' } of [reporter.start(), reporter.file(report), reporter.end(summary)]) {
      streams.err(err);
      await streams.out(out);
    }
  return exitCodeOf(report.problems.length, summary.changed + summary.toMend, mode);
}

async function readReport(bytes: Buffer, options: CliOptions, streams: Streams): Promise<FileReport> {
  const name = options.stdinFilename;
  const onNotice = (text: string): void => streams.err(noticeLine(text, options));
  try {
    const run = { ...runOptions(options), format: options.format.dockerfiles, onNotice };
    return await fixSource(decodeSource(bytes), name, run);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return failedReport(name ?? '<stdin>', { kind: error.kind, message: error.message, line: error.line });
  }
}
