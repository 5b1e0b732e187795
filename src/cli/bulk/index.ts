import { Option, type Command } from 'commander';
import type { BulkOptions } from './options.js';

type CommandName = 'init' | 'plan' | 'apply' | 'run' | 'sync' | 'status' | 'close' | 'report';
type Finish = (code: Promise<number>) => Promise<void>;

/** `dockmod bulk`: a campaign over many repositories. */
export function addBulk(program: Command, finish: Finish): void {
  const bulk = program.command('bulk').description('carry fixes across many repositories, as reviewed pull requests');
  const add = (name: string, description: string): Command => {
    const command = bulk
      .command(name)
      .description(description)
      .argument('<campaign>', 'the campaign file')
      .option('--quiet', 'failures only')
      .option('--cache <dir>', 'where clones are kept; default: beside the campaign file');
    return command.exitOverride();
  };
  const act = (name: CommandName) => async (file: string, options: BulkOptions) => {
    const commands = await import('./commands.js');
    await finish(commands[name](file, options));
  };
  bulk
    .command('init')
    .description('write a campaign file to start from')
    .argument('[file]', 'its name', 'campaign.yaml')
    .exitOverride()
    .action(act('init'));
  const queue = new Option('--queue <url>', 'let workers do it: redis://host:6379');
  add('plan', 'clone and fix everything, push nothing; write the plan')
    .option('--diff', 'print the diffs')
    .addOption(queue)
    .action(act('plan'));
  add('apply', 'push what the plan says, and open pull requests').addOption(queue).action(act('apply'));
  add('run', 'plan and apply in one').addOption(queue).action(act('run'));
  add('sync', 'plan again, and bring the same pull requests up to date').addOption(queue).action(act('sync'));
  add('status', 'ask how the pull requests stand')
    .addOption(new Option('--format <format>', 'how it is printed').choices(['text', 'json']).default('text'))
    .action(act('status'));
  add('close', 'close the open pull requests of the campaign')
    .option('--delete-branches', 'take the branches away, too')
    .option('--comment <text>', 'what to say', 'The campaign was withdrawn.')
    .action(act('close'));
  add('report', 'write the report as HTML, Markdown and JSON')
    .option('--output <dir>', "where to; default: the campaign's folder")
    .action(act('report'));
}
