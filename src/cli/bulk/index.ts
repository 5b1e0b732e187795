import { Option, type Command } from 'commander';
import { fileTimeoutOption } from '../values/file-timeout.js';
import type { BulkOptions } from './options.js';

type CommandName = 'init' | 'plan' | 'apply' | 'run' | 'sync' | 'status' | 'close' | 'report';
type Finish = (code: Promise<number>) => Promise<void>;

/** Adds `dockmod bulk`: campaigns over many repositories. */
export function addBulk(program: Command, finish: Finish): void {
  const bulk = program.command('bulk').description('carry fixes across many repositories, as reviewed pull requests');
  const add = (name: string, description: string): Command => {
    const command = bulk
      .command(name)
      .description(description)
      .argument('<campaign>', 'the campaign file')
      .option('--quiet', 'print only failures')
      .option('--cache <dir>', "folder for clones; default: in the campaign's folder");
    return command.exitOverride();
  };
  const act = (name: CommandName) => async (file: string, options: BulkOptions) => {
    const commands = await import('./commands.js');
    await finish(commands[name](file, options));
  };
  bulk
    .command('init')
    .description('write a campaign file to start from')
    .argument('[file]', 'name of the file', 'campaign.yaml')
    .exitOverride()
    .action(act('init'));
  const queue = new Option('--queue <url>', 'let workers do the work: redis://host:6379');
  // Workers have an option of their own.
  const limit = fileTimeoutOption().conflicts('queue');
  add('plan', 'clone and fix every repository and write the plan; push nothing')
    .option('--diff', 'print the diffs')
    .addOption(queue)
    .addOption(limit)
    .action(act('plan'));
  const addWork = (name: 'apply' | 'run' | 'sync', description: string): Command =>
    add(name, description).addOption(queue).addOption(limit).action(act(name));
  addWork('apply', 'push what the plan says, and open pull requests');
  addWork('run', 'plan and apply in one');
  addWork('sync', 'plan again, and bring the same pull requests up to date');
  add('status', 'ask the forges for the state of the pull requests, and print it')
    .addOption(new Option('--format <format>', 'format of the list').choices(['text', 'json']).default('text'))
    .action(act('status'));
  add('close', 'close the open pull requests of the campaign')
    .option('--delete-branches', 'also delete the branches')
    .option('--comment <text>', 'comment on the pull requests', 'The campaign was withdrawn.')
    .action(act('close'));
  add('report', 'write the report as HTML, Markdown and JSON')
    .option('--output <dir>', "folder for the files; default: the campaign's folder")
    .action(act('report'));
}
