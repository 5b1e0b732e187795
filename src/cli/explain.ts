import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { isTransformName } from '../engine/define.js';
import type { FileReport } from '../report/types.js';
import { addSelection, runOptions, type CliOptions } from './options.js';
import { fileTimeoutOption } from './values/file-timeout.js';

export function addExplain(program: Command, finish: (code: Promise<number>) => Promise<void>): void {
  const command = program
    .command('explain')
    .description('say what a transform does, or what is changed and left alone in a Dockerfile, and why')
    .argument('<name>', 'a transform, or a Dockerfile');
  addSelection(command)
    .addOption(fileTimeoutOption())
    .action(async (name: string, options: CliOptions) => {
      await finish(explain(name, options));
    });
}

async function explain(name: string, options: CliOptions): Promise<number> {
  const { knownTransforms } = await import('../files/known-transforms.js');
  const { transforms: shipped } = await import('../../transforms/index.js');
  const { explainFile, explainTransform } = await import('../report/explain.js');
  const { oneLine } = await import('../report/terminal.js');
  const { styleOf, openStreams } = await import('./terminal/streams.js');
  const streams = openStreams();
  const style = styleOf(process.stdout);
  const run = runOptions(options);
  const own = shipped.find((one) => one.name === name);
  const transforms = own === undefined && isTransformName(name) ? await knownTransforms(run) : shipped;
  const transform = transforms.find((one) => one.name === name);
  if (transform !== undefined) {
    await streams.out(explainTransform(transform, style, await exampleOf(name)));
    return 0;
  }
  if (!existsSync(name))
    await refuse(
      name,
      transforms.map((one) => one.name),
    );
  const { fixTree } = await import('../files/tree.js');
  const wide = new Map<string, FileReport>();
  for await (const report of fixTree([name], { ...run, level: 'unsafe', dryRun: true }))
    if (!wide.has(report.path)) wide.set(report.path, report);
  const onNotice = (text: string): void => streams.err(`note ${oneLine(text)}\n`);
  let [problems, reports] = [0, 0];
  for await (const report of fixTree([name], { ...run, onNotice, dryRun: true })) {
    reports++;
    problems += report.problems.length;
    await streams.out(explainFile(report, wide.get(report.path) ?? report, style));
    if (streams.closed()) break;
  }
  if (reports === 0) await streams.out('No Dockerfile found.\n');
  return problems > 0 ? 2 : 0;
}

/** A diff; undefined for a transform of the user's own. */
async function exampleOf(name: string): Promise<string | undefined> {
  const { default: examples } = await import('../../data/examples.json', { with: { type: 'json' } });
  return new Map(Object.entries(examples)).get(name);
}

async function refuse(name: string, known: readonly string[]): Promise<never> {
  const { nearestName } = await import('../engine/nearest.js');
  const { UsageError } = await import('../files/config/usage-error.js');
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? '`dockmod list` names the transforms' : `did you mean ${nearest}?`;
  throw new UsageError(`no transform or file is called ${name}: ${hint}`);
}
