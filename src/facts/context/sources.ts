import type { Dockerfile, Instruction } from '../../dockerfile/types.js';
import { hasWildcard } from './glob.js';
import { sourcePath } from '../../paths.js';

/** What the instructions of a Dockerfile take from the build context; paths are clean and each stands once. */
export interface ContextSources {
  readonly literal: readonly string[];
  readonly globs: readonly string[];
  /** The whole context is taken: `COPY . .`. */
  readonly whole: boolean;
  /** A source is a variable. */
  readonly unknown: boolean;
}

const REMOTE = /^[a-z][a-z+.-]*:\/\/|^git@|\.git(?:#|$)/i;

export function contextSources(dockerfile: Dockerfile): ContextSources {
  const written = dockerfile.instructions.flatMap((instruction) => [
    ...copySources(instruction),
    ...mountSources(instruction),
  ]);
  const local = written.filter((source) => !source.startsWith('<<') && !REMOTE.test(source));
  const paths = local
    .filter((source) => !source.includes('$'))
    .map((source) => sourcePath(source.replace(/^(["'])(.*)\1$/, '$2')));
  const unique = [...new Set(paths)];
  return {
    literal: unique.filter((path) => path !== '' && !hasWildcard(path)),
    globs: unique.filter((path) => hasWildcard(path) && !isEverything(path)),
    whole: unique.some((path) => path === '' || isEverything(path)),
    unknown: local.some((source) => source.includes('$')),
  };
}

function isEverything(path: string): boolean {
  return /^\*{1,2}$/.test(path);
}

function copySources(instruction: Instruction): readonly string[] {
  const { keyword, flags, json } = instruction;
  if ((keyword !== 'COPY' && keyword !== 'ADD') || flags.some(({ name }) => name === 'from')) return [];
  return (json ?? instruction.words.map(({ text }) => text)).slice(0, -1);
}

/** `RUN --mount=type=bind,source=package.json,target=…` reads the context too. */
function mountSources({ keyword, flags }: Instruction): readonly string[] {
  if (keyword !== 'RUN') return [];
  return flags.flatMap(({ name, value = '' }) => {
    const fields = new Map(
      value.split(',').map((field) => /^([^=]*)=?([\s\S]*)$/.exec(field)?.slice(1) as [string, string]),
    );
    if (name !== 'mount' || (fields.get('type') ?? 'bind') !== 'bind' || fields.has('from')) return [];
    return [fields.get('source') ?? fields.get('src') ?? '.'];
  });
}
