import data from '../../data/apt-setup-scripts.json' with { type: 'json' };
import type { Command, Script } from '../shell/types.js';
import { isIn } from './catalogue/index.js';
import { packageAction, type PackageAction } from './packages.js';
import { programOf } from './program.js';

const patterns = data.scripts.map(({ url }) => new RegExp(`^${url}$`));

/** True for a vendor's script that adds an apt repository and ends with an `apt-get update` of its own: its text was read. */
export function isAptSetupScript(url: string): boolean {
  return patterns.some((pattern) => pattern.test(url));
}

const aptFree = data.aptFree.map(({ url }) => new RegExp(`^${url}$`));

/** True for an installer that installs nothing by apt, or updates its lists before it does: its text was read. */
export function isAptFreeScript(url: string): boolean {
  return aptFree.some((pattern) => pattern.test(url));
}

/** True for the shell of `curl -sL https://… | bash -` with a vendor's set-up script. */
export function isSetupScript({ commands, text }: Script, command: Command): boolean {
  const shell = programOf(command);
  if (!isIn(shell?.row, 'shell')) return false;
  const source = commands[commands.indexOf(command) - 1];
  if (source === undefined) return false;
  const fetcher = programOf(source);
  return (
    /^(?:curl|wget)$/.test(fetcher?.name ?? '') &&
    shell?.args.every((arg) => arg.text === '-') === true &&
    /^\s*\|\s*$/.test(text.slice(source.end, command.start)) &&
    fetcher?.args.some((arg) => isAptSetupScript(arg.text.replace(/["']/g, ''))) === true
  );
}

/** The vendors' set-up scripts that a script runs, each as the `apt-get update` that it ends with, with sudo where apt has it. */
export function setupScripts(script: Script): readonly { readonly command: Command; readonly action: PackageAction }[] {
  const plain = script.commands.map(packageAction).find((action) => action?.manager === 'apt')?.program;
  return script.commands.flatMap((command) => {
    const program = isSetupScript(script, command) ? (plain ?? programOf(command)) : undefined;
    if (program === undefined) return [];
    const action: PackageAction = {
      manager: 'apt',
      kind: 'update',
      program,
      subcommand: undefined,
      flags: [],
      operands: [],
      option: () => undefined,
      options: () => [],
    };
    return [{ command, action }];
  });
}
