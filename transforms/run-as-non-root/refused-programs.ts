import { isIn, rowOf } from '../../src/commands/catalogue/index.js';
import type { Row } from '../../src/commands/catalogue/types.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import { runtimeOf } from './runtimes.js';
import type { Program } from './start-command.js';

/** Options and subcommands that only print: the image is a command line tool. */
const PRINTS_ONLY = /^(?:--?help|help|-h|--version|version|--info)$/;

/** Why a program of that name and with those arguments can't run as another account, or isn't an application. */
export function refusalByName({ name, args }: Program): Refusal | undefined {
  const row = rowOf(name);
  if (/^\[./.test(name))
    return refuse('program-unknown', `\`${name}\` is a broken list: the start command does not run`);
  if (isIn(row, 'drops-privileges'))
    return refuse('drops-privileges-itself', `the start command drops root itself with \`${name}\``);
  if (isIn(row, 'drops-itself'))
    return refuse('drops-privileges-itself', `\`${name}\` starts as root and drops its rights itself`);
  if (args.some((arg) => /^--(?:uid|user|gid|setuid)(?:=|$)/.test(arg)))
    return refuse('drops-privileges-itself', `\`${name}\` is told to switch the account itself`);
  if (isIn(row, 'needs-root')) return refuse('needs-root', `\`${name}\` needs root`);
  if (args.some((arg) => /^--allow[-_]root$/.test(arg)))
    return refuse('root-on-purpose', `\`${name}\` is told to allow root: it is meant to run as root`);
  if (args.length === 0 && row?.manager !== undefined && row.manager.bare === undefined) return tool(name);
  if (has(row?.tests, args))
    return refuse('not-an-application', `the image runs tests with \`${name} ${args[0] ?? ''}\`, no application`);
  if (isIn(row, 'builder') || buildsAtStart(row, args))
    return refuse(
      'builds-at-start',
      `\`${name}\` builds or installs when the container starts, in directories that belong to root`,
    );
  if (isIn(row, 'tester')) return refuse('not-an-application', `the image runs tests with \`${name}\`, no application`);
  if (servesSources(row, args)) return developmentServer([name, ...args].slice(0, 3).join(' '));
  if (/(?:^|[-_])(?:cli|ctl)$/.test(name)) return tool(name);
  return args.length === 1 && PRINTS_ONLY.test(args[0] ?? '') && runtimeOf(name) === undefined ? tool(name) : undefined;
}

/** Refusals that hold whoever starts the program; the others speak of what the image is for. */
export const NEEDS_ROOT: ReadonlySet<string> = new Set(['needs-root', 'drops-privileges-itself', 'builds-at-start']);

/** The first argument is one of the subcommands; `''` is among them where the program does so without one. */
function has(subcommands: readonly string[] = [], args: readonly string[]): boolean {
  return subcommands.includes(args[0] ?? '');
}

/** By its subcommand; code generators and migrations have one for that, whatever their name. */
function buildsAtStart(row: Row | undefined, args: readonly string[]): boolean {
  return has(row?.builds, args) || (row?.language === 'node' && args.includes('generate'));
}

function servesSources(row: Row | undefined, args: readonly string[]): boolean {
  if (isIn(row, 'development-server')) return !has(row?.serves, args);
  const [first = ''] = args;
  // `next -p 80` is `next`.
  return (
    has(row?.develops, first.startsWith('-') ? [] : args) ||
    args.some((arg) => /^--(?:reload|watch|hot|debug)$/.test(arg))
  );
}

/** It does nothing but keep a container alive or print something. */
export function isIdle(name: string): boolean {
  return isIn(rowOf(name), 'idle');
}

/**
 * A command of a start script that prepares something and needs no rights of its own. Without a name it is an assignment or a
 * redirection; `"$@"` is what the script is given.
 */
export function isHelper(name: string): boolean {
  return name === '' || isIn(rowOf(name), 'helper') || /^"?\$(?:@|\{@\})"?$/.test(name);
}

/** Started like this, an interpreter waits for someone to type. */
export function isBareInterpreter(name: string, args: readonly string[]): boolean {
  return isIn(rowOf(name), 'interpreter') && args.every((arg) => PRINTS_ONLY.test(arg) || /^-[ai]$/.test(arg));
}

export function developmentServer(command: string): Refusal {
  return refuse(
    'development-server',
    `\`${command}\` serves sources that a developer mounts: the account would have to be theirs`,
  );
}

export function tool(name: string): Refusal {
  return refuse('command-line-tool', `\`${name}\` is a command line tool, used on files of whoever calls it`);
}
