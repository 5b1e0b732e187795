import { isIn } from '../../src/commands/catalogue/index.js';
import { cachesEmptied } from '../../src/commands/caches.js';
import { programOf } from '../../src/commands/program.js';
import { packageAction } from '../../src/commands/packages.js';
import { isSetupScript } from '../../src/commands/setup-scripts.js';
import type { Command, Script } from '../../src/shell/types.js';
import { changedFiles, madeFiles } from '../../src/commands/changed-files.js';

/** What kind of work a command is: commands of one kind belong into one layer. */
type Work = 'system-packages' | 'python-packages' | 'node-tools' | 'gems' | 'accounts' | 'files' | 'neutral' | 'own';

/** Paths under which package managers keep sources and keys. */
const REPOSITORY_PATH = /\/etc\/(?:apt|yum\.repos\.d|apk|zypp)\b|\/usr\/share\/keyrings\b/;

/** Why two neighbouring RUNs are one piece of work. */
export interface Relation {
  /** The end of a sentence. */
  readonly why: string;
  /**
   * `size`: the image carries less, since the second takes away or changes what the first made; `packages`: package work in one;
   * `layers`: nothing but fewer layers.
   */
  readonly gain: 'size' | 'packages' | 'layers';
}

/**
 * Undefined when they are separate steps, which a maintainer keeps apart for the build cache.
 * @param lefts scripts that are one so far
 */
export function relation(lefts: readonly Script[], right: Script): Relation | undefined {
  const left = lefts.at(-1);
  if (left === undefined) return undefined;
  const smaller = smallerTogether(lefts, right);
  const [one, other] = [workOf(left), workOf(right)];
  if (one === 'accounts' || other === 'accounts')
    return one === other ? { why: 'they set up accounts', gain: 'layers' } : undefined;
  if (smaller !== undefined) return { why: smaller, gain: 'size' };
  if (one === other && one === 'system-packages') return packageWork(left, right);
  if (one === other && (one === 'python-packages' || one === 'node-tools' || one === 'gems'))
    return { why: 'they install packages with one tool', gain: 'layers' };
  return undefined;
}

function packageWork(left: Script, right: Script): Relation | undefined {
  const cleansUp = right.commands.every(takesAway);
  if (cleansUp && left.commands.every(takesAway)) return undefined;
  return { why: 'they are one piece of package work', gain: cleansUp ? 'size' : 'packages' };
}

function smallerTogether(lefts: readonly Script[], right: Script): string | undefined {
  const changed = changedPath(lefts, right);
  if (changed !== undefined)
    return `the second changes ${changed}, which the first made: in two layers, the image carries both`;
  const cache = emptiedCache(lefts, right);
  return cache === undefined
    ? undefined
    : `the second empties the ${cache} cache, which the first filled: in two layers, the image carries it`;
}

/** It takes files or packages away, or cleans up: that saves nothing in a layer of its own. */
export function takesAway(command: Command): boolean {
  return (
    /^(?:rm|rmdir)$/.test(programOf(command)?.name ?? '') ||
    /^(?:remove|clean)$/.test(packageAction(command)?.kind ?? '') ||
    cachesEmptied(command).length > 0
  );
}

/** The cache that the right script does nothing but empty, and that a left one fills. */
function emptiedCache(lefts: readonly Script[], right: Script): string | undefined {
  if (!right.commands.every((command) => cachesEmptied(command).length > 0)) return undefined;
  const actions = lefts.flatMap(({ commands }) => commands.map(packageAction));
  const installs = actions.filter((action) => /^(?:install|update)$/.test(action?.kind ?? ''));
  const filled = installs.map((action) => action?.program.row?.manager?.cache ?? action?.manager);
  return right.commands.flatMap(cachesEmptied).find((cache) => filled.some((one) => one === cache));
}

/** The kind of all commands of a script; `own` where they are of several kinds, or none that is known. */
function workOf(script: Script): Work {
  const kinds = new Set(script.commands.map((command, index) => workIn(script, command, index)));
  kinds.delete('neutral');
  const [first, ...others] = kinds;
  if (first !== undefined && others.length === 0) return first;
  kinds.delete('files');
  return kinds.size === 1 && kinds.has('system-packages') ? 'system-packages' : 'own';
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
  if (isIn(row, 'sets-up-installed')) return 'own';
  // Keys of programs that no package manager installs.
  if (program.name === 'gpg' && !command.within.includes('pipeline') && !REPOSITORY_PATH.test(written)) return 'own';
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

/** A path that a left script makes or changes, and that the right one, which works on files alone, changes or takes away. */
function changedPath(lefts: readonly Script[], right: Script): string | undefined {
  const commands = right.commands.filter((command) => commandWork(command) !== 'neutral');
  if (commands.length === 0 || !commands.every((command) => commandWork(command) === 'files')) return undefined;
  const made = new Set(lefts.flatMap((script) => script.commands.flatMap(madeFiles)));
  const shared = commands.map((command) => changedFiles(command).find((path) => made.has(path)));
  const alters = commands.every((command) => isIn(programOf(command)?.row, 'alters'));
  return alters || shared.every((path) => path !== undefined) ? shared.find((path) => path !== undefined) : undefined;
}
