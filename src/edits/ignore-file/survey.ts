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
  /** There are more files or scripts than are looked through: what they read is not known. */
  readonly tooLarge: boolean;
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

/** Projects lie no deeper below the root; what a build reads may. */
const PROJECT_DEPTH = 2;
const DEPTH = 5;
const MOST_FILES = 5000;
/** A context of more Dockerfiles is the root of many projects: what all of them need is not for one file to say. */
const MOST_DOCKERFILES = 50;
const CACHE_LIMIT = 500;

export function surveyContext(context: BuildContext, dockerfile: Dockerfile): Survey {
  const { uses, ...rest } = surveyFiles(context);
  return { ...rest, uses: [readUse(dockerfile), ...uses] };
}

/** The same without the Dockerfile in hand. */
const surveyFiles = memoize((context: BuildContext): Survey => {
  const all = firstFiles(context);
  const buildFiles = all.filter((path) => isBuildFile(baseName(path)));
  const scripts = all.filter((path) => (path.includes('/') ? SCRIPT : ROOT_SCRIPT).test(path));
  const names = context.otherDockerfiles();
  const others = names.length > MOST_DOCKERFILES ? [undefined] : names.map((path) => readOther(context.read(path)));
  const readable = others.filter((other) => other !== undefined);
  return {
    context,
    files: buildFiles.filter((path) => path.split('/').length <= PROJECT_DEPTH + 1),
    uses: readable,
    buildText: buildFiles.map((path) => context.read(path) ?? '').join('\n'),
    scriptText: scripts.slice(0, MOST_SCRIPTS).map((path) => context.read(path) ?? ''),
    tooLarge: all.length >= MOST_FILES || scripts.length > MOST_SCRIPTS,
    unreadable: readable.length < others.length,
  };
});

const SCRIPT = /\.(?:sh|bash|mk|ps1)$|(?:^|\/)(?:GNU)?[mM]akefile$/;
/** Of programs those at the root: settings of a build, and what is started. */
const ROOT_SCRIPT = /\.(?:sh|bash|mk|ps1|[cm]?[jt]s|py|rb|gradle|kts|ya?ml)$|^(?:GNU)?[mM]akefile$|^Rakefile$/;
const MOST_SCRIPTS = 100;

/** Level by level, at most MOST_FILES. */
function firstFiles(context: BuildContext): readonly string[] {
  const files: string[] = [];
  let folders = [''];
  for (let depth = 0; depth <= DEPTH && folders.length > 0 && files.length < MOST_FILES; depth++) {
    const paths = folders.flatMap((folder) => (context.list(folder) ?? []).map((name) => joinPath(folder, name)));
    files.push(...paths.filter((path) => context.exists(path) === 'file'));
    folders = paths.filter(
      (path) => !/(?:^|\/)(?:node_modules|\.git)$/.test(path) && context.exists(path) === 'directory',
    );
  }
  return files.slice(0, MOST_FILES);
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
