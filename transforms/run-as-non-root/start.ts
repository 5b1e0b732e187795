import { optionValue, readArguments } from '../../src/commands/arguments.js';
import { isIn, rowOf } from '../../src/commands/catalogue/index.js';
import { composeStarts } from './compose.js';
import { installedWith } from './installed-programs.js';
import { asNodeProgram, readPackageScript } from './package-scripts.js';
import { runtimeIn, runtimeOf, type Runtime } from './runtimes.js';
import { isRefusal, refuse, type Refusal } from '../../src/refusal.js';
import { isBareInterpreter, isHelper, isIdle, refusalByName, tool } from './refused-programs.js';
import { sourcesMounted } from './application-directory.js';
import { programsOf, startPrograms, type Program } from './start-command.js';
import { readStartFile, unreadable } from './start-files.js';
import type { FinalImage } from './final-image.js';
import { startedByProcfile } from './procfile.js';
import { startedByUv } from './uv-run.js';

/** What the container runs, as far as it matters for the account. */
export interface Start {
  readonly runtime: Runtime;
  /** All programs, those of readable start scripts and package scripts included. */
  readonly programs: readonly Program[];
  /** A script of package.json runs that can't be read: it may be a development server. */
  readonly unreadScript: boolean;
  /** It changes its environment at start, which must be the account's own. */
  readonly syncs: boolean;
}

interface Judged {
  readonly runtime?: Runtime | undefined;
  readonly programs: readonly Program[];
  readonly unreadScript?: boolean;
  readonly syncs?: boolean;
}

const MAX_DEPTH = 5;

/** What the image starts, or why it must stay root or can't be judged. */
export function judgeStart(image: FinalImage): Start | Refusal {
  const programs = startPrograms(image);
  if (programs === undefined) return refuse('not-an-application', 'the start command can not be read');
  const judged = judgeStarts(image, programs);
  if (isRefusal(judged)) return judged;
  if (judged.runtime?.writes === true && sourcesMounted(image) && !isInstalledTool(image, programs))
    return refuse(
      'sources-mounted',
      'the application is not in the image: its sources are mounted, with the account of whoever owns them',
    );
  if (judged.runtime === undefined)
    return refuse('not-an-application', `the image starts ${nameOf(programs)}, no application`);
  const { runtime, programs: all } = judged;
  return { runtime, programs: all, unreadScript: judged.unreadScript === true, syncs: judged.syncs === true };
}

/** By itself, and by what compose files start in it. */
function judgeStarts(image: FinalImage, programs: readonly Program[]): Judged | Refusal {
  let all = judgeAll(image, programs, 0);
  if (isRefusal(all)) return all;
  for (const { file, programs: others } of composeStarts(image)) {
    const judged =
      others === undefined ? refuse('not-an-application', 'its command can not be read') : judgeAll(image, others, 0);
    if (isRefusal(judged)) return refuse(judged.code, `\`${file}\` starts it otherwise: ${judged.reason}`);
    all = {
      runtime: heavier(all.runtime, judged.runtime),
      programs: [...all.programs, ...judged.programs],
      unreadScript: all.unreadScript === true || judged.unreadScript === true,
      syncs: all.syncs === true || judged.syncs === true,
    };
  }
  return all;
}

/** A bare command that a package manager has put into PATH. */
function isInstalledTool(image: FinalImage, programs: readonly Program[]): boolean {
  return programs.some(
    ({ name, path }) =>
      !path.includes('/') && runtimeOf(name) === undefined && installedWith(image, name) !== undefined,
  );
}

function nameOf(programs: readonly Program[]): string {
  const name = programs.map(({ path }) => path).find((path) => path !== '');
  return name === undefined ? 'nothing' : `\`${name}\``;
}

function judgeAll(image: FinalImage, programs: readonly Program[], depth: number): Judged | Refusal {
  const all: Program[] = [];
  let runtime: Runtime | undefined;
  let unreadScript = false;
  let syncs = false;
  for (const program of programs) {
    const judged = judge(image, program, depth);
    if (isRefusal(judged)) return judged;
    all.push(...judged.programs);
    runtime = heavier(runtime, judged.runtime);
    unreadScript ||= judged.unreadScript === true;
    syncs ||= judged.syncs === true;
  }
  return { programs: all, unreadScript, syncs, ...(runtime && { runtime }) };
}

function heavier(a: Runtime | undefined, b: Runtime | undefined): Runtime | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.writes ? a : b;
}

function judge(image: FinalImage, program: Program, depth: number): Judged | Refusal {
  const { name, args } = program;
  const byUv = startedByUv(image, program);
  if (byUv !== undefined) {
    const judged = judgeAll(image, byUv, depth);
    return isRefusal(judged) ? judged : { ...judged, syncs: true };
  }
  const byProcfile = startedByProcfile(image, program);
  if (byProcfile !== undefined) return isRefusal(byProcfile) ? byProcfile : judgeAll(image, byProcfile, depth);
  const refusal = refusalByName(program) ?? refuseModule(program);
  if (refusal !== undefined) return refusal;
  if (isIdle(name) || isHelper(name)) return { programs: [program] };
  if (name === 'npx')
    return judgeAll(image, (programsOf(args.filter((arg) => !arg.startsWith('-'))) ?? []).map(asNodeProgram), depth);
  const row = rowOf(name);
  if (
    row?.language === 'php' &&
    isIn(row, 'interpreter') &&
    image.config.expose.length === 0 &&
    !args.includes('artisan')
  )
    return tool([name, ...args].slice(0, 2).join(' '));
  const runtime = runtimeOf(name);
  if (runtime !== undefined && isBareInterpreter(name, args))
    return refuse('not-an-application', `the image starts \`${name}\` without a program: it is a base for others`);
  return judgePackageScript(image, program, depth) ?? judgeFile(image, program, depth, runtime);
}

/** `python -m pytest`. */
export function refuseModule({ name, args }: Program): Refusal | undefined {
  const row = rowOf(name);
  if (row?.ending?.includes('-m') !== true) return undefined;
  const { options, operands } = readArguments(args, row, true);
  const module = optionValue({ options }, '-m');
  return module === undefined ? undefined : refusalByName({ name: module, path: module, args: operands, writes: [] });
}

function judgePackageScript(image: FinalImage, program: Program, depth: number): Judged | Refusal | undefined {
  const runtime = runtimeIn('node');
  const script = readPackageScript(image, program);
  if (script === undefined || isRefusal(script)) return script;
  if (script.programs === undefined || depth === MAX_DEPTH) return { programs: [program], unreadScript: true, runtime };
  const judged = judgeAll(image, script.programs, depth + 1);
  return isRefusal(judged) ? judged : { ...judged, runtime };
}

/** A program given by a path, or one that is no known tool: a file that the Dockerfile brings along. */
function judgeFile(image: FinalImage, program: Program, depth: number, runtime: Runtime | undefined): Judged | Refusal {
  if (runtime !== undefined && !program.path.includes('/')) return { runtime, programs: [program] };
  const file = readStartFile(image, program, runtime);
  if (isRefusal(file)) return file;
  if ('runtime' in file) return { runtime: file.runtime, programs: [program] };
  return depth === MAX_DEPTH ? unreadable(program) : judgeAll(image, file.programs, depth + 1);
}
