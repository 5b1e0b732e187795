/** What the Dockerfiles of a context need of it, and what its projects are. */
import { parseDockerfile } from '../../dockerfile/parse.js';
import { DockerfileError, type Dockerfile, type Instruction } from '../../dockerfile/types.js';
import { localSources } from '../../facts/context/sources.js';
import type { BuildContext } from '../../facts/context/types.js';
import { installManagers } from '../../ecosystems/installs.js';
import { isBuildFile } from '../../ecosystems/project-files.js';
import { memoize } from '../../memoize.js';
import { baseName, joinPath, sourcePath } from '../../paths.js';

export interface Survey {
  readonly context: BuildContext;
  readonly uses: readonly Use[];
  /** Manifests and other files that say how the projects are built. */
  readonly files: readonly string[];
  /** Their text. */
  readonly buildText: string;
  /** Of each script: shell, make, and what runs at the root of a project. */
  readonly scriptText: readonly string[];
  /** A Dockerfile of the context can't be read, or there are too many: what they need is not known. */
  readonly unreadable: boolean;
}

/** What one Dockerfile does with the context. */
export interface Use {
  /** What COPY and ADD take of the context: clean paths, `''` for its root. */
  readonly sources: readonly string[];
  readonly copiesTree: boolean;
  /** All RUN instructions, as text. */
  readonly runs: string;
  /** As `runs`, with what runs at the start. */
  readonly commands: string;
  readonly managers: ReadonlySet<string>;
}

const DEPTH = 2;
/** A context of more Dockerfiles is the root of many projects: what all of them need is not for one file to say. */
const MOST_DOCKERFILES = 50;
const CACHE_LIMIT = 500;

export function surveyContext(context: BuildContext, dockerfile: Dockerfile): Survey {
  const { uses, ...rest } = surveyFiles(context);
  return { ...rest, uses: [readUse(dockerfile), ...uses] };
}

/** The same without the Dockerfile in hand. */
const surveyFiles = memoize((context: BuildContext): Survey => {
  const all = listFiles(context, '', 0);
  const files = all.filter((path) => isBuildFile(baseName(path)));
  const scripts = all.filter((path) => (path.includes('/') ? SCRIPT : ROOT_SCRIPT).test(path)).slice(0, MOST_SCRIPTS);
  const names = context.otherDockerfiles();
  const others = names.length > MOST_DOCKERFILES ? [undefined] : names.map((path) => readOther(context.read(path)));
  const readable = others.filter((other) => other !== undefined);
  return {
    context,
    files,
    uses: readable,
    buildText: files.map((path) => context.read(path) ?? '').join('\n'),
    scriptText: scripts.map((path) => context.read(path) ?? ''),
    unreadable: readable.length < others.length,
  };
});

const SCRIPT = /\.(?:sh|bash|mk|ps1)$|(?:^|\/)(?:GNU)?[mM]akefile$/;
/** Of programs those at the root: settings of a build, and what is started. */
const ROOT_SCRIPT = /\.(?:sh|bash|mk|ps1|[cm]?[jt]s|py|rb|gradle|kts|ya?ml)$|^(?:GNU)?[mM]akefile$|^Rakefile$/;
const MOST_SCRIPTS = 100;

function listFiles(context: BuildContext, directory: string, depth: number): string[] {
  return (context.list(directory) ?? []).flatMap((name) => {
    const path = joinPath(directory, name);
    if (context.exists(path) === 'file') return [path];
    return depth < DEPTH && name !== 'node_modules' && name !== '.git' ? listFiles(context, path, depth + 1) : [];
  });
}

/** By text: the Dockerfiles of a context are read again for each of them. */
const cache = new Map<string, Use | undefined>();

function readOther(text: string | undefined): Use | undefined {
  if (text === undefined) return undefined;
  if (!cache.has(text)) {
    if (cache.size >= CACHE_LIMIT) cache.clear();
    cache.set(text, readText(text));
  }
  return cache.get(text);
}

function readText(text: string): Use | undefined {
  try {
    return readUse(parseDockerfile(text));
  } catch (error) {
    if (error instanceof DockerfileError) return undefined;
    throw error;
  }
}

function readUse(dockerfile: Dockerfile): Use {
  const instructions = dockerfile.instructions.map((instruction) => instruction.trigger ?? instruction);
  const sources = instructions.flatMap(localSources).map(sourcePath);
  const runs = instructions.filter(({ keyword }) => keyword === 'RUN');
  const starts = instructions.filter(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  const textOf = (some: readonly Instruction[]): string =>
    some.map(({ start, end }) => dockerfile.text.slice(start, end)).join('\n');
  return {
    sources,
    copiesTree: sources.some((source) => source === ''),
    runs: textOf(runs),
    commands: textOf([...runs, ...starts]),
    managers: new Set(runs.flatMap((run) => installManagers(dockerfile, run))),
  };
}
