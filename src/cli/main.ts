import { Command, CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { addBulk } from './bulk/index.js';
import { addWorker } from './bulk/worker.js';
import { addCheck } from './check.js';
import { addExplain } from './explain.js';
import { addFix } from './fix.js';
import { addList } from './list.js';

/** Runs a command. @returns 0 done, 1 something changed or would change (`check`, `--exit-code`), 2 something could not be done */
export async function main(argv: readonly string[]): Promise<number> {
  let code = 0;
  const finish = async (result: Promise<number>): Promise<void> => {
    code = await result;
  };
  const program = new Command('dockmod')
    .description('Autofix codemod for Dockerfiles: what it changes still builds.')
    .version(manifest.version)
    .showSuggestionAfterError()
    .exitOverride();
  for (const add of [addFix, addCheck, addExplain, addList, addBulk, addWorker]) add(program, finish);
  for (const command of program.commands) command.exitOverride();
  try {
    if (argv.length === 0) program.outputHelp();
    else await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    return handleError(error);
  }
}

/** With the place where a plug-in failed. */
function messageOf(error: Error): string {
  const frames = 'frames' in error && typeof error.frames === 'string' ? `\n${error.frames}` : '';
  return `${error.message}${frames}`;
}

/** Prints one line for an error of the user; any other error is a bug of dockmod and is printed with its stack. */
function handleError(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const known = error instanceof Error && ['UsageError', 'UnknownTransformError'].includes(error.name);
  const text = known ? messageOf(error) : error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`error ${text}\n`);
  return 2;
}
