import { homedir } from 'node:os';
import { join } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { UsageError } from '../../files/config/usage-error.js';
import { oneLine } from '../../report/terminal.js';
import { fileTimeoutOption } from '../values/file-timeout.js';

interface WorkerCommandOptions {
  readonly queue?: string;
  readonly config?: string;
  readonly concurrency: number;
  readonly cache?: string;
  readonly quiet?: true;
  readonly fileTimeout?: number;
}

/** Adds `dockmod worker`, which does the work that campaigns put on a queue. */
export function addWorker(program: Command, finish: (code: Promise<number>) => Promise<void>): void {
  program
    .command('worker')
    .description('do the work that `dockmod bulk … --queue` puts on a queue, until it is stopped')
    .option('--queue <url>', 'redis://host:6379; or DOCKMOD_QUEUE in the environment')
    .option('--config <file>', 'the hosts and folders that this worker goes to; default: the public forges alone')
    .option('--concurrency <n>', 'repositories at once', parseCount, 4)
    .option('--cache <dir>', "folder for clones; default: in the user's cache folder")
    .option('--quiet', 'print only failures')
    .addOption(fileTimeoutOption())
    .action((options: WorkerCommandOptions) => finish(work(options)));
}

function parseCount(value: string): number {
  if (!/^[1-9]\d{0,2}$/.test(value)) throw new InvalidArgumentError('Expected a number from 1 to 999.');
  return Number(value);
}

async function work(options: WorkerCommandOptions): Promise<number> {
  const url = options.queue ?? process.env['DOCKMOD_QUEUE'];
  if (url === undefined) throw new UsageError('no queue is given: use --queue redis://host:6379, or set DOCKMOD_QUEUE');
  const { openSigner } = await import('../../bulk/queue/signing.js');
  const { readWorkerPlaces } = await import('../../bulk/queue/worker-places.js');
  const { startWorker } = await import('../../bulk/queue/worker.js');
  const { openSession } = await import('./session.js');
  const cache = options.cache ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'dockmod', 'clones');
  const print = (text: string): void => void process.stderr.write(`${oneLine(text)}\n`);
  const report = (text: string): void => {
    if (options.quiet !== true) print(text);
  };
  const worker = await startWorker(url, {
    concurrency: options.concurrency,
    signer: openSigner(process.env['DOCKMOD_QUEUE_KEY']),
    places: readWorkerPlaces(options.config),
    now: () => new Date(),
    // When a forge asks to wait, the queue waits for all workers.
    openSession: (campaign) =>
      openSession(campaign, { cache, notice: print, maxWait: 0, fileTimeout: options.fileTimeout }),
    fileTimeout: options.fileTimeout,
    report,
  });
  report('waiting for work; stop with Ctrl-C');
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await worker.close();
  return 0;
}
