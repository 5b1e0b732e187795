import { InvalidArgumentError, Option, type Command } from 'commander';
import type { RunOptions } from '../files/config/types.js';
import { FORMATS, type Format } from '../report/reporter.js';
import { fileTimeoutOption } from './values/file-timeout.js';

/** The options of `fix`, `check` and `explain`, as commander parses them. */
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
  readonly plugins: boolean;
  readonly exclude: boolean;
  readonly quiet?: true;
  readonly format: FormatChoice;
  readonly exitCode?: true;
  readonly stdinFilename?: string;
  readonly jobs?: number;
  readonly fileTimeout?: number;
}

/** `--format json` chooses the report; `--format`, alone or with `prettier`, formats the Dockerfiles. */
export interface FormatChoice {
  readonly report: Format;
  readonly dockerfiles: boolean;
}

const FORMATTER = 'prettier';

function parseFormat(value: string, before: FormatChoice): FormatChoice {
  if (value === FORMATTER) return { ...before, dockerfiles: true };
  const report = FORMATS.find((one) => one === value);
  if (report === undefined)
    throw new InvalidArgumentError(`A report is ${FORMATS.join(', ')}. To format Dockerfiles: --format ${FORMATTER}.`);
  return { ...before, report };
}

/** Parser of an option that may be repeated. */
function collectFiles(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

function collectNames(value: string, before: readonly string[] | undefined): readonly string[] {
  const names = value.split(',').map((name) => name.trim());
  if (names.every((name) => name === '')) throw new InvalidArgumentError('Expected names, separated by commas.');
  return [...(before ?? []), ...names.filter((name) => name !== '')];
}

function parseJobs(value: string): number {
  if (!/^[1-9]\d{0,2}$/.test(value)) throw new InvalidArgumentError('Expected a number from 1 to 999.');
  return Number(value);
}

/** Adds the options that choose transforms, context and configuration. */
export function addSelection(command: Command): Command {
  const chosen = command
    .addOption(new Option('--safe', 'only changes that leave the image the same').conflicts('unsafe'))
    .option('--unsafe', 'also changes that a person should review')
    .option('--only <names>', 'only these transforms, separated by commas', collectNames)
    .option('--skip <names>', 'all but these, separated by commas', collectNames)
    .option('--context <dir>', 'the build context, instead of finding it')
    .option('--no-exclude', 'also what the configuration excludes');
  return addPlugins(chosen);
}

/** Adds the options that decide which transforms there are. */
export function addPlugins(command: Command): Command {
  return command
    .option('--config <file>', 'the configuration, instead of finding it')
    .option('--transform <file>', 'a transform of your own, or a package; may be repeated', collectFiles)
    .option('--no-plugins', 'load no plug-ins that a configuration names');
}

/** Adds the options on input, output and threads. */
export function addReporting(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--format [format]',
        `format of the report: ${FORMATS.join(', ')}; or format the Dockerfiles with Prettier`,
      )
        .preset(FORMATTER)
        .argParser(parseFormat)
        .default({ report: 'text', dockerfiles: false } satisfies FormatChoice, 'text'),
    )
    .option('--quiet', 'errors only')
    .option('--stdin-filename <file>', 'the file that the text on standard input (-) belongs to')
    .option('--jobs <n>', 'worker threads for many files', parseJobs)
    .addOption(fileTimeoutOption());
}

export function runOptions(options: Omit<CliOptions, 'format'>): RunOptions {
  const { safe, unsafe, only, skip, context, exclude, config, transform, plugins, jobs, fileTimeout } = options;
  const level = safe === true ? 'safe' : unsafe === true ? 'unsafe' : undefined;
  const cwd = process.cwd();
  return {
    level,
    only,
    skip,
    context,
    exclude,
    config,
    plugins: transform,
    configPlugins: plugins,
    jobs,
    fileTimeout,
    cwd,
  };
}
