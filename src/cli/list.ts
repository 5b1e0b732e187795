import { resolve } from 'node:path';
import type { Command } from 'commander';

interface ListOptions {
  readonly transform?: readonly string[];
  readonly format: string;
}

export function addList(program: Command, finish: (code: Promise<number>) => Promise<void>): void {
  program
    .command('list')
    .description('name the transforms')
    .option(
      '--transform <file>',
      'with a transform of your own; may be repeated',
      (value: string, before: readonly string[] = []) => [...before, value],
    )
    .option('--format <format>', 'text or json', 'text')
    .action(async (options: ListOptions) => {
      await finish(list(options));
    });
}

async function list({ transform = [], format }: ListOptions): Promise<number> {
  const { loadCatalogue } = await import('../files/catalogue.js');
  const { listTransforms } = await import('../report/explain.js');
  const { looksOf, openStreams } = await import('./output.js');
  const transforms = await loadCatalogue(transform.map((path) => resolve(path)));
  const rows = transforms.map(({ name, group, level, summary, covers }) => ({ name, group, level, summary, covers }));
  const text =
    format === 'json' ? `${JSON.stringify(rows, undefined, 2)}\n` : listTransforms(transforms, looksOf(process.stdout));
  await openStreams().out(text);
  return 0;
}
