/**
 * `uv run app.py` syncs the environment of the project before it starts the program. The account can do that where it has made
 * the environment itself, with its own cache, as it does when it takes over before `uv sync`.
 */
import { packageAction } from '../../src/commands/packages.js';
import { runCommands } from './installed-programs.js';
import type { FinalImage } from './final-image.js';
import { programsOf, type Program } from './start-command.js';

/** Options of `uv run` that take no value and leave the environment where it is. */
const FLAGS: ReadonlySet<string> = new Set(
  '--frozen --locked --no-sync --no-dev --offline --no-cache --quiet -q --no-progress --'.split(' '),
);

/** What it starts; undefined where it is another command, or another account may have made the environment. */
export function startedByUv(image: FinalImage, { name, args }: Program): readonly Program[] | undefined {
  const [subcommand, ...words] = args;
  if (name !== 'uv' || subcommand !== 'run' || image.config.env.has('UV_CACHE_DIR')) return undefined;
  if (!runCommands(image).some((command) => isSync(packageAction(command)))) return undefined;
  const [first, ...rest] = words.slice(words.findIndex((word) => !FLAGS.has(word)));
  if (first === '-m') return programsOf(['python', '-m', ...rest]);
  if (first === undefined || FLAGS.has(first) || first.startsWith('-')) return undefined;
  return programsOf(first.endsWith('.py') ? ['python', first, ...rest] : [first, ...rest]);
}

function isSync(action: ReturnType<typeof packageAction>): boolean {
  return action?.manager === 'uv' && action.subcommand?.text === 'sync';
}
