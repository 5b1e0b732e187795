import { Option, type Command } from 'commander';
import { addPlugins, runOptions, type CliOptions } from './options.js';

interface ListOptions extends Omit<CliOptions, 'format'> {
  readonly format: string;
}

export function addList(program: Command, finish: (code: Promise<number>) => Promise<void>): void {
  const command = program.command('list').description('list the transforms, those of plug-ins among them');
  addPlugins(command)
    .addOption(new Option('--format <format>', 'format of the list').choices(['text', 'json']).default('text'))
    .action(async (options: ListOptions) => {
      await finish(list(options));
    });
}

async function list(options: ListOptions): Promise<number> {
  const { knownTransforms } = await import('../files/known-transforms.js');
  const { listTransforms } = await import('../report/explain.js');
  const { styleOf, openStreams } = await import('./terminal/streams.js');
  const transforms = await knownTransforms(runOptions(options));
  const rows = transforms.map(({ name, group, level, summary, covers, plugin }) => ({
    name,
    group,
    level,
    summary,
    covers,
    plugin,
  }));
  const text =
    options.format === 'json'
      ? `${JSON.stringify(rows, undefined, 2)}\n`
      : listTransforms(transforms, styleOf(process.stdout));
  await openStreams().out(text);
  return 0;
}
