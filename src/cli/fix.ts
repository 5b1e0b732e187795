import type { Command } from 'commander';
import { addReporting, addSelection, type CliOptions } from './options.js';

export function addFix(program: Command, finish: (code: Promise<number>) => Promise<void>): void {
  const command = program
    .command('fix')
    .description('fix Dockerfiles in place')
    .argument('[paths...]', 'files and folders, or - for standard input; without any, this folder')
    .option('--dry-run', 'print the unified diff, write nothing')
    .option('--diff', 'write, and print the diff')
    .option('--exit-code', 'exit 1 when something changed or would change');
  addReporting(addSelection(command)).action(async (paths: string[], options: CliOptions) => {
    const { run } = await import('./run.js');
    const { dryRun = false, diff = false, exitCode = false } = options;
    await finish(run(paths, options, { dryRun, diff: diff || dryRun, exitCode }));
  });
}
