import { isIn, rowOf } from '../../src/commands/catalogue/index.js';
import { copiedFiles, originOf } from './copied-files.js';
import type { Ownership } from './ownership.js';
import { isOwnDirectory } from './own-directory.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import type { Program } from './start-command.js';
import { expandKnown } from '../../src/dockerfile/expand.js';
import { workingDirectory, type FinalImage } from './final-image.js';
import type { Named } from './sources.js';
import type { Start } from './start.js';
import { imagePath, isWithin } from '../../src/paths.js';

const READ_ONLY = /^\/(?:dev|proc|sys|tmp|etc|usr|opt|lib|bin|sbin|go|app)(?:\/|$)/;
/** Programs, sources and settings are read. */
const READ_FILE =
  /\.(?:jar|war|[cm]?[jt]s|py|rb|php|pl|sh|conf|cnf|ya?ml|json|toml|xml|cfg|ini|properties|pem|crt|key|wasm)$|(?:^|\/)Rakefile$/;
const OPEN = /^\/(?:dev|tmp|var\/tmp|proc)(?:\/|$)/;
const DATA_NAME =
  /(?:^|_)(?:DATA|LOGS?|STORAGE|UPLOADS?|DB|SQLITE|STATE|SPOOL|CACHE)(?:_(?:DIR|DIRECTORY|PATH|HOME|FOLDER|ROOT|FILE))?$/;

/** A path that the application visibly writes to and that its account would not own. */
export function writesOutside(image: FinalImage, start: Start, ownership: Ownership): Refusal | undefined {
  const directory = workingDirectory(image);
  const owned = [...ownership.directories, ...(ownership.tree === undefined ? [] : [ownership.tree])];
  if (isOwnDirectory(directory)) owned.push(directory);
  const copied = copiedFiles(image)
    .map(({ destination }) => destination)
    .filter((path) => path !== '/');
  const isRead = (path: string): boolean =>
    READ_ONLY.test(path) ||
    READ_FILE.test(path) ||
    copied.some((one) => isWithin(one, path)) ||
    originOf(image, path) !== undefined;
  const written = start.programs.flatMap((program) => program.writes.map((path) => imagePath(directory, path)));
  const named = [...start.programs.flatMap(pathArguments), ...dataFolders(image).map(({ path }) => path)].filter(
    (path) => !isRead(path),
  );
  const outside = [...written, ...named].find((path) => !OPEN.test(path) && !owned.some((one) => isWithin(one, path)));
  return outside === undefined
    ? undefined
    : refuse('writes-outside', `the application seems to write to \`${outside}\`, which only root may change`);
}

function pathArguments({ args }: Program): readonly string[] {
  return args.flatMap((arg) => /(?:^|=)(\/[\w./-]+)$/.exec(arg)?.[1] ?? []).filter((path) => path !== '/');
}

/** Paths of variables that by their names say where the application keeps something. */
export function dataFolders({ config }: FinalImage): readonly Named[] {
  return [...config.env.entries()].flatMap(([name, path]) =>
    DATA_NAME.test(name) && /^\/[\w./-]+$/.test(path) ? [{ path, where: `\`${name}\`` }] : [],
  );
}

/** A start script that changes files of the system. */
export function scriptWrites(image: FinalImage, start: Start): Refusal | undefined {
  const directory = workingDirectory(image);
  for (const { name, args } of start.programs) {
    const inPlace = args.some((arg) => /^-\w*i/.test(arg));
    if (!isIn(rowOf(name), 'files') || (name === 'sed' && !inPlace)) continue;
    const paths = args
      .filter((arg) => !arg.startsWith('-'))
      .map((arg) => imagePath(directory, expandKnown(arg, image.config.variables.get, '\\') ?? arg));
    const closed = paths.find((path) => !OPEN.test(path) && !(isOwnDirectory(directory) && isWithin(directory, path)));
    if (closed !== undefined)
      return refuse(
        'script-needs-root',
        `\`${name}\` changes \`${closed}\` when the container starts, which only root may do`,
      );
  }
  return undefined;
}
