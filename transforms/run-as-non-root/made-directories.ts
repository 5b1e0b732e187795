import { rowOf } from '../../src/commands/catalogue/index.js';
import type { Command } from '../../src/shell/types.js';
import { runCommands } from './installed-programs.js';
import { isOwnDirectory } from './own-directory.js';
import type { FinalImage } from './final-image.js';
import { scriptOf } from './run-scripts.js';
import { imagePath, isWithin } from '../../src/paths.js';

/** Directories that a RUN makes for the application to use: `mkdir -p /data`. They exist at the end of the stage. */
export function madeDirectories(image: FinalImage): readonly string[] {
  const found = new Set<string>();
  const chain = new Set(image.instructions);
  for (const step of image.stages.flatMap(({ steps }) => steps)) {
    const { config } = step;
    const script = chain.has(step.instruction) ? scriptOf(image, step) : undefined;
    if (script === undefined) continue;
    if (script.commands.some(movesOrSets)) continue;
    const directory = config.workdir ?? image.startDirectory;
    for (const command of script.commands) for (const path of madeBy(command)) found.add(imagePath(directory, path));
  }
  const gone = runCommands(image).flatMap(takenAway);
  return [...found].filter((path) => isGivable(path) && !gone.some((name) => mayMean(name, path)));
}

/** What comes after it may run in another directory, or otherwise. */
function movesOrSets({ name }: Command): boolean {
  const state = rowOf(name?.value ?? '')?.state?.kind;
  return name === undefined || state === 'directory' || state === 'option';
}

/** A directory that can be named in a command as it is. */
export function isGivable(path: string): boolean {
  return isOwnDirectory(path) && /^\/[\w./@+-]+$/.test(path);
}

function madeBy({ name, args, unconditional }: Command): readonly string[] {
  if (name?.text !== 'mkdir' || !unconditional) return [];
  const plain = args.every(
    ({ text }) => !text.startsWith('-') || text === '-p' || text === '-pv' || text === '--parents',
  );
  return plain ? args.flatMap(({ value }) => (value === undefined || value.startsWith('-') ? [] : [value])) : [];
}

/** Paths that a command removes or moves elsewhere. */
function takenAway({ name, args }: Command): readonly string[] {
  const paths = args.map(({ text }) => text).filter((text) => !text.startsWith('-'));
  if (name?.text === 'rm' || name?.text === 'rmdir') return paths;
  return name?.text === 'mv' ? paths.slice(0, -1) : [];
}

/** `name` may stand for `path` or for a directory around it, wherever the command ran. */
function mayMean(name: string, path: string): boolean {
  const start = name.split(/[*?[$]/)[0] ?? '';
  if (start !== name) return start === '' || start === '/' || path.includes(start);
  if (name.startsWith('/')) return isWithin(imagePath('/', name), path);
  const relative = imagePath('/', name);
  return relative !== '/' && `${path}/`.includes(`${relative}/`);
}
