import { parseScript } from '../../src/shell/parse.js';
import type { Command as ShellCommand } from '../../src/shell/types.js';
import { isPosixShell } from '../../src/shell/shells.js';
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

/** Entry points of base images that only start what they are given. */
const PASS_THROUGH =
  /^(?:docker-entrypoint\.sh|docker-php-entrypoint|__cacert_entrypoint\.sh|nvidia_entrypoint\.sh|tini|dumb-init|catatonit)$/;

/** Start another program and add nothing that needs rights; they take options of their own in front of it. */
const WRAPPERS = new Set(
  (
    'tini dumb-init catatonit env exec nohup nice time command stdbuf xvfb-run eatmydata opentelemetry-instrument ' +
    'ddtrace-run newrelic-admin run-program setarch cross-env dotenv builtin'
  ).split(' '),
);

const WAITERS = /^(?:wait-for-it|wait-for|wait|dockerize|wait-port)(?:\.sh)?$/;

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
  const [path, ...args] = argv;
  if (path === undefined) return [];
  const name = baseName(path);
  if (PASS_THROUGH.test(name) && args.length > 0) return programsOf(dropOptions(args));
  if (WRAPPERS.has(name)) return programsOf(dropOptions(args));
  if (WAITERS.test(name) && args.includes('--')) return programsOf(args.slice(args.indexOf('--') + 1));
  if (isPosixShell(name)) return shellProgram(path, args);
  if ((name === 'bundle' || name === 'bundler') && args[0] === 'exec') return programsOf(args.slice(1));
  return [{ name, path, args, writes: [] }];
}

/** Options, their `--` and assignments in front of the wrapped program. */
function dropOptions(args: readonly string[]): readonly string[] {
  const first = args.findIndex((arg) => !arg.startsWith('-') && !/^\w+=/.test(arg));
  return first === -1 ? [] : args.slice(first);
}

function shellProgram(path: string, args: readonly string[]): readonly Program[] | undefined {
  const flag = args.findIndex((arg) => /^-\w*c$/.test(arg));
  if (flag !== -1) return args[flag + 1] === undefined ? [] : shellPrograms(args[flag + 1] ?? '');
  const file = args.find((arg) => !arg.startsWith('-'));
  if (file === undefined) return [{ name: baseName(path), path, args, writes: [] }];
  return [{ name: baseName(file), path: file, args: args.slice(args.indexOf(file) + 1), writes: [], script: true }];
}
