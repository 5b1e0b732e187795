import { memoize } from '../../src/memoize.js';
import type { Command } from '../../src/shell/types.js';
import { textOf } from '../../src/commands/arguments.js';
import { isIn } from '../../src/commands/catalogue/index.js';
import { programOf, type Program } from '../../src/commands/program.js';
import { scriptOf } from './run-scripts.js';
import { runtimeIn, type Runtime } from './runtimes.js';
import type { FinalImage } from './final-image.js';
import { baseName } from '../../src/paths.js';

/** The shell commands of the image's RUN instructions, in order. */
export const runCommands = memoize((image: FinalImage): readonly Command[] =>
  placedCommands(image).map(({ command }) => command),
);

/** The commands with the working directory that their RUN starts in, where it is known. */
function placedCommands(image: FinalImage): readonly { command: Command; directory: string | undefined }[] {
  const own = new Set(image.instructions);
  return image.stages
    .flatMap(({ steps }) => steps)
    .filter(({ kind, instruction }) => kind === 'run' && own.has(instruction))
    .flatMap((step) =>
      (scriptOf(image, step)?.commands ?? []).map((command) => ({
        command,
        directory: step.config.workdir ?? image.base?.workdir,
      })),
    );
}

/** A compiler of the image itself makes the program: by that very name, or as far as can be told. */
export function builtHere(image: FinalImage, name: string): 'by name' | 'perhaps' | undefined {
  let result: 'perhaps' | undefined;
  for (const { command, directory } of placedCommands(image)) {
    const program = programOf(command);
    if (program === undefined || !isIn(program.row, 'compiler')) continue;
    const words = program.args.map(textOf);
    const output = words.includes('-o') ? words[words.indexOf('-o') + 1] : folderOutput(program, words, directory);
    if (output !== undefined && baseName(output) === name) return 'by name';
    const compiles = words.some((word) => /^(?:build|install|get|--build|publish)$/.test(word));
    if (output === undefined ? compiles || !hasSubcommands(program) : output.endsWith('/')) result = 'perhaps';
  }
  return result;
}

/** `go build` and `go build .` name their result after the directory. */
function folderOutput({ row }: Program, words: readonly string[], directory: string | undefined): string | undefined {
  const plain = words[0] === 'build' && words.slice(1).every((word) => /^(?:-[\w-]+|\.)$/.test(word));
  return plain && row?.manager?.manager === 'go' ? directory : undefined;
}

/** It compiles only when a subcommand says so: `go`, `cargo`, `dotnet`. */
function hasSubcommands({ row }: Program): boolean {
  return row?.manager !== undefined || row?.builds !== undefined;
}

/** A language's package manager installs commands: what kind of program `name` then is. */
export function installedWith(image: FinalImage, name: string): Runtime | undefined {
  for (const command of runCommands(image)) {
    const program = programOf(command);
    const brings = program?.row?.brings;
    if (program === undefined || brings === undefined || name === '') continue;
    const words = program.args.map(textOf);
    if (words.length === 0 ? brings.by.includes('') : words.some((word) => brings.by.includes(word)))
      return runtimeIn(brings.language);
  }
  return undefined;
}

/** The distribution's package of that name is installed: the image wraps one of its programs. */
export function fromDistribution(image: FinalImage, name: string): boolean {
  return runCommands(image).some((command) => {
    const program = programOf(command);
    return program?.row?.manager?.system === true && program.args.some(({ text }) => text.split('=')[0] === name);
  });
}
