import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { collectFiles } from './options.js';

interface ListOptions {
  readonly transform?: readonly string[];
  readonly format: string;
}

export function addList(program: Command, finish: (code: Promise<number>) => Promise<void>): void {
  program
    .command('list')
    .description('list the transforms')
    .option('--transform <file>', 'include a transform of your own; may be repeated', collectFiles)
    .addOption(new Option('--format <format>', 'format of the list').choices(['text', 'json']).default('text'))
    .action(async (options: ListOptions) => {
      await finish(list(options));
    });
}

async function list({ transform = [], format }: ListOptions): Promise<number> {
  const { loadCatalogue } = await import('../files/config/catalogue.js');
  const { listTransforms } = await import('../report/explain.js');
  const { styleOf, openStreams } = await import('./terminal/streams.js');
  const transforms = await loadCatalogue(transform.map((path) => resolve(path)));
  const rows = transforms.map(({ name, group, level, summary, covers }) => ({ name, group, level, summary, covers }));
  const text =
    format === 'json' ? `${JSON.stringify(rows, undefined, 2)}\n` : listTransforms(transforms, styleOf(process.stdout));
  await openStreams().out(text);
  return 0;
}
