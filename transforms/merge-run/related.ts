import { isIn } from '../../src/commands/catalogue/index.js';
import { cachesEmptied } from '../../src/commands/caches.js';
import { programOf } from '../../src/commands/program.js';
import { packageAction } from '../../src/commands/packages.js';
import { isSetupScript } from '../../src/commands/apt-lists.js';
import type { Command, Script } from '../../src/shell/types.js';

/** What kind of work a command is: commands of one kind belong into one layer. */
type Work = 'system-packages' | 'python-packages' | 'node-tools' | 'gems' | 'accounts' | 'files' | 'neutral' | 'own';

/** Paths under which package managers keep sources and keys. */
const REPOSITORY_PATH = /\/etc\/(?:apt|yum\.repos\.d|apk|zypp)\b|\/usr\/share\/keyrings\b/;

/**
 * Why two neighbouring RUNs belong together, as the end of a sentence; undefined when they are separate steps, which a
 * maintainer keeps apart for the build cache.
 */
export function relation(left: Script, right: Script): string | undefined {
  const [one, other] = [workOf(left), workOf(right)];
  if (one === other && one === 'system-packages') return 'they are one piece of package work';
  if (one === other && (one === 'python-packages' || one === 'node-tools' || one === 'gems'))
    return 'they install packages with one tool';
  if (one === other && one === 'files') return 'they set up files';
  if (one === other && one === 'accounts') return 'they set up accounts';
  return smallerTogether(left, right);
}

/** Why the image gets smaller by joining them, as the end of a sentence. */
export function smallerTogether(left: Script, right: Script): string | undefined {
  const changed = changedPath(left, right);
  return changed === undefined
    ? undefined
    : `the second changes ${changed}, which the first made: in two layers, the image carries both`;
}

/** The kind of all commands of a script; `own` where they are of several kinds, or none that is known. */
function workOf(script: Script): Work {
  const kinds = new Set(script.commands.map((command, index) => workIn(script, command, index)));
  kinds.delete('neutral');
  const [first, ...others] = kinds;
  if (first !== undefined && others.length === 0) return first;
  kinds.delete('files');
  const [rest = 'own'] = kinds;
  return kinds.size === 1 && (rest === 'system-packages' || rest === 'accounts') ? rest : 'own';
}

/** The work of a command in its place: what feeds a pipeline or fills in a word does the work of what it is for. */
function workIn(script: Script, command: Command, index: number): Work {
  if (isSetupScript(script, command)) return 'system-packages';
  const row = programOf(command)?.row;
  if (command.within.at(-1) === 'substitution' && isIn(row, 'answers')) return 'neutral';
  const next = script.commands[index + 1];
  const feeds = next !== undefined && /^\s*\|\s*$/.test(script.text.slice(command.end, next.start));
  return feeds && isIn(row, 'feeds') ? workIn(script, next, index + 1) : commandWork(command);
}

function commandWork(command: Command): Work {
  const program = programOf(command);
  if (program === undefined) return command.name === undefined ? 'neutral' : 'own';
  const { args, row } = program;
  const written = [...args, ...command.redirections]
    .map((one) => ('text' in one ? one.text : (one.target ?? '')))
    .join(' ');
  if (isIn(row, 'package-setup') || REPOSITORY_PATH.test(written) || cachesEmptied(command).includes('apt-lists'))
    return 'system-packages';
  if (isIn(row, 'accounts')) return 'accounts';
  if (isIn(row, 'files')) return 'files';
  if (isIn(row, 'prints'))
    return command.redirections.some(({ operator }) => operator.startsWith('>')) || command.within.includes('pipeline')
      ? 'files'
      : 'neutral';
  if (isIn(row, 'neutral')) return 'neutral';
  const action = packageAction(command);
  if (action === undefined) return 'own';
  if (action.program.row?.manager?.system === true) return 'system-packages';
  if (action.kind !== 'install' && action.kind !== 'clean') return 'own';
  const named =
    action.operands.length > 0 &&
    action.operands.every(({ text }) => /^["']?@?[A-Za-z][\w.@/~=<>!^,[\]-]*["']?$/.test(text));
  if (action.manager === 'pip')
    return named && action.option('-r', '--requirement', '-e', '--editable') === undefined ? 'python-packages' : 'own';
  if (action.manager === 'npm')
    return named && action.flags.some((flag) => flag === '-g' || flag === '--global') ? 'node-tools' : 'own';
  return action.manager === 'gem' && named ? 'gems' : 'own';
}

/** A path that the right script does nothing but delete, move, chmod or chown, and that the left one names. */
function changedPath(left: Script, right: Script): string | undefined {
  const commands = right.commands.filter((command) => commandWork(command) !== 'neutral');
  if (commands.length === 0 || !commands.every((command) => isIn(programOf(command)?.row, 'alters'))) return undefined;
  const paths = commands
    .flatMap((command) => command.args.map(({ text }) => text.replace(/["']/g, '')))
    .filter((text) => /^\/\w[\w./+-]+$/.test(text) && text.length > 5);
  const mentioned = (path: string): boolean =>
    left.commands.some((command) =>
      [...command.args.map(({ text }) => text), ...command.redirections.map(({ target }) => target ?? '')].some(
        (text) => text.replace(/["']/g, '').replace(/\/$/, '') === path.replace(/\/$/, ''),
      ),
    );
  return paths.find(mentioned);
}
