import { cachesEmptied } from '../../src/shell/caches.js';
import { programOf } from '../../src/shell/commands.js';
import { packageAction } from '../../src/shell/packages.js';
import type { Command, Script } from '../../src/shell/types.js';

/** What kind of work a command is: commands of one kind belong into one layer. */
type Work = 'system-packages' | 'python-packages' | 'node-tools' | 'gems' | 'files' | 'neutral' | 'own';

const SYSTEM = new Set(['apt', 'apk', 'dnf', 'yum', 'microdnf', 'tdnf', 'zypper', 'pacman']);
const REPOSITORY_TOOLS = new Set(
  'apt-key add-apt-repository apt-mark dpkg dpkg-reconfigure debconf-set-selections yum-config-manager dnf-config-manager subscription-manager rpm gpg update-ca-certificates locale-gen ldconfig'.split(
    ' ',
  ),
);
const FILE_TOOLS = new Set(
  'mkdir ln chmod chown chgrp touch useradd groupadd adduser addgroup usermod groupmod chpasswd passwd sed rm rmdir mv cp install tee mkfifo'.split(
    ' ',
  ),
);
const NEUTRAL = new Set('set true : cd export test [ printf sleep'.split(' '));

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
  const changed = changedPath(left, right);
  return changed === undefined
    ? undefined
    : `the second changes ${changed}, which the first one made: apart, the image carries both`;
}

/** The kind of all commands of a script; `own` where they are of several kinds, or none that is known. */
function workOf(script: Script): Work {
  const kinds = new Set(script.commands.map(commandWork));
  kinds.delete('neutral');
  const [first, ...others] = kinds;
  if (first !== undefined && others.length === 0) return first;
  kinds.delete('files');
  return kinds.size === 1 && kinds.has('system-packages') ? 'system-packages' : 'own';
}

function commandWork(command: Command): Work {
  const program = programOf(command);
  if (program === undefined) return command.name === undefined ? 'neutral' : 'own';
  const { name, args } = program;
  const written = [...args, ...command.redirections]
    .map((one) => ('text' in one ? one.text : (one.target ?? '')))
    .join(' ');
  if (REPOSITORY_TOOLS.has(name) || REPOSITORY_PATH.test(written) || cachesEmptied(command).includes('apt-lists'))
    return 'system-packages';
  if (FILE_TOOLS.has(name)) return 'files';
  if (name === 'echo' || name === 'cat')
    return command.redirections.some(({ operator }) => operator.startsWith('>')) || command.within.includes('pipeline')
      ? 'files'
      : 'neutral';
  if (NEUTRAL.has(name)) return 'neutral';
  const action = packageAction(command);
  if (action === undefined) return 'own';
  if (SYSTEM.has(action.manager)) return 'system-packages';
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
  const tools = new Set(['rm', 'mv', 'chmod', 'chown']);
  const commands = right.commands.filter((command) => commandWork(command) !== 'neutral');
  if (commands.length === 0 || !commands.every((command) => tools.has(programOf(command)?.name ?? '')))
    return undefined;
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
