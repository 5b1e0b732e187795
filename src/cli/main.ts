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
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'error ')) })
    .exitOverride();
  for (const add of [addFix, addCheck, addExplain, addList, addBulk, addWorker]) add(program, finish);
  for (const command of program.commands) command.exitOverride();
  try {
    if (argv.length === 0) program.outputHelp();
    else await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    return await handleError(error);
  }
}

async function handleError(error: unknown): Promise<number> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const { describe } = await import('./describe-error.js');
  process.stderr.write(describe(error));
  return 2;
}
