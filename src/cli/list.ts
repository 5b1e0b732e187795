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
    .description('name the transforms')
    .option('--transform <file>', 'with a transform of your own; may be repeated', collectFiles)
    .addOption(new Option('--format <format>', 'how the list is written').choices(['text', 'json']).default('text'))
    .action(async (options: ListOptions) => {
      await finish(list(options));
    });
}

async function list({ transform = [], format }: ListOptions): Promise<number> {
  const { loadCatalogue } = await import('../files/config/catalogue.js');
  const { listTransforms } = await import('../report/explain.js');
  const { looksOf, openStreams } = await import('./terminal/streams.js');
  const transforms = await loadCatalogue(transform.map((path) => resolve(path)));
  const rows = transforms.map(({ name, group, level, summary, covers }) => ({ name, group, level, summary, covers }));
  const text =
    format === 'json' ? `${JSON.stringify(rows, undefined, 2)}\n` : listTransforms(transforms, looksOf(process.stdout));
  await openStreams().out(text);
  return 0;
}
