import { packageAction } from '../../src/commands/packages.js';
import type { Command } from '../../src/shell/types.js';
import type { Installer } from './cleanup-tools.js';

/** The command after the last installer that takes the program away which would empty the cache. */
export function removerOf(
  programs: RegExp,
  filling: readonly Installer[],
  commands: readonly Command[],
): Command | undefined {
  const last = Math.max(...filling.map(({ command }) => command.start));
  return commands.find((command) => command.start > last && mayTakeAway(programs, command, commands));
}

function mayTakeAway(programs: RegExp, command: Command, all: readonly Command[]): boolean {
  const action = packageAction(command);
  if (action?.kind === 'remove') {
    return action.operands.some(
      ({ value, text }) => value === undefined || programs.test(value) || inGroup(programs, text, all),
    );
  }
  const name = command.name?.value ?? '';
  if (name === 'rpm')
    return (
      command.args.some(({ text }) => /^-\w*e|^--erase/.test(text)) &&
      command.args.some(({ text }) => programs.test(text))
    );
  if (name !== 'rm' && name !== 'mv') return false;
  return command.args.some(
    ({ text }) => !text.startsWith('-') && programs.test(text) && !/cache|\.npm|pkgs|lists|\/tmp\//.test(text),
  );
}

/** `apk add --virtual .build nodejs npm` … `apk del .build` */
function inGroup(programs: RegExp, group: string, all: readonly Command[]): boolean {
  return all.map(packageAction).some((action) => {
    if (action?.manager !== 'apk' || action.kind !== 'install' || action.option('--virtual', '-t') !== group)
      return false;
    return action.operands.some(({ value }) => value === undefined || programs.test(value));
  });
}
