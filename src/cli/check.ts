import type { Command } from 'commander';
import { addReporting, addSelection, type CliOptions } from './options.js';

export function addCheck(program: Command, finish: (code: Promise<number>) => Promise<void>): void {
  const command = program
    .command('check')
    .description('exit 1 when something would change; write nothing')
    .argument('[paths...]', 'files and folders, or - for standard input; without any, this folder')
    .option('--diff', 'print the diff');
  addReporting(addSelection(command)).action(async (paths: string[], options: CliOptions) => {
    const { run } = await import('./run.js');
    await finish(run(paths, options, { dryRun: true, diff: options.diff ?? false, exitCode: true }));
  });
}
