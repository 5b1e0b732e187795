import { parseScript } from '../../src/shell/parse.js';
import type { Command as ShellCommand } from '../../src/shell/types.js';
import { optionValue, readArguments } from '../../src/commands/arguments.js';
import { isIn, rowOf } from '../../src/commands/catalogue/index.js';
import { programOf, type Program as CalledProgram } from '../../src/commands/program.js';
import { isPosixShell, shellCall } from '../../src/commands/shell-call.js';
import type { FinalImage } from './final-image.js';
import { baseName } from '../../src/paths.js';

/** One program that a container starts, with what it is started with. */
export interface Program {
  /** Without its directory. */
  readonly name: string;
  /** As written. */
  readonly path: string;
  readonly args: readonly string[];
  /** Paths of its redirections. */
  readonly writes: readonly string[];
  /** Given to a shell: it is a script. */
  readonly script?: boolean;
}

/** What the container starts by default: the programs in their order, or undefined where the image starts nothing. */
export function startPrograms(image: FinalImage): readonly Program[] | undefined {
  const { entrypoint, cmd } = image.config;
  if (entrypoint?.form === 'shell') return shellPrograms(entrypoint.argv.join(' '));
  const own = entrypoint?.argv ?? image.base?.entrypoint ?? [];
  const given = cmd ?? (entrypoint === undefined ? inheritedCmd(image) : undefined);
  const tail = given === undefined ? [] : given.form === 'exec' ? given.argv : ['/bin/sh', '-c', given.argv.join(' ')];
  const argv = [...own, ...tail];
  return argv.length === 0 ? undefined : programsOf(argv);
}

function inheritedCmd(image: FinalImage): { form: 'exec'; argv: readonly string[] } | undefined {
  const argv = image.base?.cmd;
  return argv === undefined ? undefined : { form: 'exec', argv };
}

/** True when the Dockerfile itself says what to run, not its base image. */
export function saysWhatToRun(image: FinalImage): boolean {
  return image.instructions.some(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
}

export function shellPrograms(script: string): readonly Program[] | undefined {
  const { commands, error } = parseScript(script);
  if (error !== undefined) return undefined;
  return commands.flatMap((command) => commandPrograms(command));
}

function commandPrograms(command: ShellCommand): readonly Program[] {
  const writes = command.redirections
    .filter(({ operator, target }) => operator.includes('>') && target !== undefined)
    .map(({ target }) => target ?? '');
  if (command.name === undefined) return writes.length === 0 ? [] : [{ name: '', path: '', args: [], writes }];
  const words = [command.name, ...command.args].map((word) => word.value ?? word.text);
  const programs = programsOf(words) ?? [];
  return programs.map((program, index) => (index === 0 ? { ...program, writes } : program));
}

/** Follows an argument vector through wrappers and `sh -c` to the programs that do the work. */
export function programsOf(argv: readonly string[]): readonly Program[] | undefined {
  const program = programOf(argv);
  if (program === undefined) return [];
  const { name, word: path, args, row, wrappers } = program;
  const dropper = [...wrappers, name].find((one) => isIn(rowOf(one), 'drops-privileges'));
  if (dropper !== undefined) return [{ name: dropper, path: dropper, args: [], writes: [] }];
  if (row?.wrapper !== undefined && row.wrapper.separator !== true) return programsOf(splitCommand(program));
  if (isIn(row, 'entrypoint') && args.length > 0) return programsOf(readArguments(args, row, true).operands);
  if (isPosixShell(name)) return shellProgram(program);
  if (row?.runs !== undefined && args[0] === row.runs) return programsOf(args.slice(1));
  return [{ name, path, args, writes: [] }];
}

/** What a wrapper runs that is not followed by a command: `env -S 'node app.js'` one in a word, `tini --` none. */
function splitCommand({ args, row }: CalledProgram<string>): readonly string[] {
  const given = readArguments(args, row, true);
  const line = optionValue(given, ...(row?.wrapper?.splits ?? []));
  return line === undefined ? [] : [...line.trim().split(/\s+/), ...given.operands];
}

function shellProgram(program: CalledProgram<string>): readonly Program[] | undefined {
  const { script, file, args } = shellCall(program);
  if (script !== undefined) return shellPrograms(script);
  if (file !== undefined) return [{ name: baseName(file), path: file, args, writes: [], script: true }];
  return [{ name: program.name, path: program.word, args: program.args, writes: [] }];
}
