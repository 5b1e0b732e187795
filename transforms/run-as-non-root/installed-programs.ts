import { memoize } from '../../src/memoize.js';
import type { Command } from '../../src/shell/types.js';
import { BINARY, runtimeOf, type Runtime } from './programs.js';
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
    .flatMap(({ script, config }) =>
      (script?.commands ?? []).map((command) => ({ command, directory: config.workdir ?? image.base?.workdir })),
    );
}

/** `go build` and `go build .` name their result after the directory. */
function goOutput(tool: string, words: readonly string[], directory: string | undefined): string | undefined {
  const plain = tool === 'go' && words[0] === 'build' && words.slice(1).every((word) => /^(?:-[\w-]+|\.)$/.test(word));
  return plain ? directory : undefined;
}

const COMPILERS =
  /^(?:go|cargo|gcc|g\+\+|cc|c\+\+|clang|make|cmake|swift|stack|cabal|ghc|crystal|nim|ldc2|dub|rustc|zig|javac|dotnet)$/;

/** A compiler of the image itself makes the program: by that very name, or as far as can be told. */
export function builtHere(image: FinalImage, name: string): 'by name' | 'perhaps' | undefined {
  let result: 'perhaps' | undefined;
  for (const { command, directory } of placedCommands(image)) {
    const tool = baseName(command.name?.text ?? '');
    if (!COMPILERS.test(tool)) continue;
    const words = command.args.map(({ text }) => text);
    const output = words.includes('-o') ? words[words.indexOf('-o') + 1] : goOutput(tool, words, directory);
    if (output !== undefined && baseName(output) === name) return 'by name';
    const compiles = words.some((word) => /^(?:build|install|get|--build|publish)$/.test(word));
    if (output === undefined ? compiles || !/^(?:go|cargo|dotnet)$/.test(tool) : output.endsWith('/'))
      result = 'perhaps';
  }
  return result;
}

/** A language's package manager installs commands: what kind of program `name` then is. */
export function installedWith(image: FinalImage, name: string): Runtime | undefined {
  for (const command of runCommands(image)) {
    const tool = baseName(command.name?.text ?? '');
    const words = command.args.map(({ text }) => text);
    if (
      /^(?:npm|yarn|pnpm|bun)$/.test(tool) &&
      words.some((word) => /^(?:-g|--global|global|install|i|ci|add)$/.test(word))
    )
      return runtimeOf('node');
    if (/^(?:pip[\d.]*|uv|python[\d.]*)$/.test(tool) && words.includes('install')) return runtimeOf('python');
    if (/^(?:gem|bundle)$/.test(tool) && words.includes('install')) return runtimeOf('ruby');
    if (tool === 'bundle' && words.length === 0) return runtimeOf('ruby');
    if (/^go(?:-wrapper)?$/.test(tool) && (words.includes('install') || words.includes('get'))) return BINARY;
    if (tool === 'cargo' && words.includes('install') && name !== '') return BINARY;
  }
  return undefined;
}

/** The distribution's package of that name is installed: the image wraps one of its programs. */
export function fromDistribution(image: FinalImage, name: string): boolean {
  return runCommands(image).some(
    (command) =>
      /^(?:apt-get|apt|apk|yum|dnf|microdnf|zypper|pacman)$/.test(baseName(command.name?.text ?? '')) &&
      command.args.some(({ text }) => text.split('=')[0] === name),
  );
}
