/** How the update of the lists is written where it goes. */
import { programOf } from '../../src/commands/program.js';
import type { Command, Script } from '../../src/shell/types.js';
import type { Lists } from './apt-list-flow.js';

/** The update as it is written, without `sudo`; undefined unless its failure ends the build, as it will in the other place. */
export function updateText({ update: { command, plain }, run: { script } }: Lists): string | undefined {
  const statement = script.statements[command.statement];
  const certain =
    statement?.operators.every((operator) => operator === '&&') === true &&
    !statement.background &&
    command.statement === script.statements.length - 1;
  if (!certain) return undefined;
  if (!plain) return 'apt-get update';
  const program = programOf(command);
  const literal = command.topLevel && command.args.every(({ value }) => value !== undefined);
  return literal && program !== undefined
    ? script.text.slice(program.word.start, command.end).replace(/\s+/g, ' ')
    : undefined;
}

/** The words with which a command becomes root, for one that is put before it. */
export function sudoOf(command: Command, { text }: Script): string | undefined {
  const program = programOf(command);
  if (program?.wrappers.includes('sudo') !== true) return undefined;
  return program.wrappers.length === 1 && command.name !== undefined
    ? text.slice(command.name.start, program.word.start).replace(/(?<!\s)\s+\w+=\S+/g, '')
    : 'sudo ';
}
