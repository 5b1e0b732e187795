import { InvalidArgumentError, Option, type Command } from 'commander';
import type { RunOptions } from '../files/config/types.js';
import type { Format } from '../report/reporter.js';

/** What commander makes of the options that `fix`, `check` and `explain` share. */
export interface CliOptions {
  readonly dryRun?: true;
  readonly diff?: true;
  readonly safe?: true;
  readonly unsafe?: true;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly context?: string;
  readonly config?: string;
  readonly transform?: readonly string[];
  readonly quiet?: true;
  readonly format: Format;
  readonly exitCode?: true;
  readonly stdinFilename?: string;
  readonly jobs?: number;
}

/** For an option that may be repeated. */
export function collectFiles(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

function collectNames(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), ...value.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]))];
}

function parseJobs(value: string): number {
  if (!/^[1-9]\d{0,2}$/.test(value)) throw new InvalidArgumentError('It is a number from 1.');
  return Number(value);
}

/** Which transforms run, and by what. */
export function addSelection(command: Command): Command {
  return command
    .addOption(new Option('--safe', 'only transforms that leave the image the same').conflicts('unsafe'))
    .option('--unsafe', 'transforms that a person should read, too')
    .option('--only <names>', 'these transforms alone, separated by commas', collectNames)
    .option('--skip <names>', 'all but these', collectNames)
    .option('--context <dir>', 'the build context, instead of finding it')
    .option('--config <file>', 'the configuration, instead of finding it')
    .option('--transform <file>', 'a transform of your own; may be repeated', collectFiles);
}

/** How the run is reported. */
export function addReporting(command: Command): Command {
  return command
    .addOption(
      new Option('--format <format>', 'how the report is written')
        .choices(['text', 'json', 'markdown'])
        .default('text'),
    )
    .option('--quiet', 'errors only')
    .option('--stdin-filename <file>', 'the file that the text on standard input (-) stands for')
    .option('--jobs <n>', 'worker threads for many files', parseJobs);
}

export function runOptions(options: CliOptions): RunOptions {
  const { safe, unsafe, only, skip, context, config, transform, jobs } = options;
  const level = safe === true ? 'safe' : unsafe === true ? 'unsafe' : undefined;
  return { level, only, skip, context, config, plugins: transform, jobs, cwd: process.cwd() };
}
