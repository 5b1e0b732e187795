import type { CampaignRun } from '../../bulk/campaign-run.js';
import { loadCampaign } from '../../bulk/campaign/load.js';
import { lockFolder, LockedError } from '../../bulk/campaign/lock.js';
import type { Session } from '../../bulk/campaign/session.js';
import { localExecutor, type Executor } from '../../bulk/executor.js';
import { openCampaignState } from '../../bulk/journal/campaign-state.js';
import { UsageError } from '../../files/config/usage-error.js';
import { describeError } from '../../files/disk/errors.js';
import type { BulkOptions } from './options.js';
import { bulkOutput, type BulkOutput } from './output.js';
import { openSession } from './session.js';

export interface Run extends CampaignRun {
  readonly watcher: BulkOutput;
}

/** Locks and opens the campaign for a command, and closes everything afterwards. @returns the exit code */
export async function withCampaign(
  file: string,
  options: BulkOptions,
  work: (run: Run) => Promise<string>,
): Promise<number> {
  const campaign = await loadCampaign(file);
  const output = bulkOutput({ quiet: options.quiet === true });
  const unlock = lock(campaign.home);
  try {
    const session = openSession(campaign, {
      cache: options.cache,
      fileTimeout: options.fileTimeout,
      notice: (text) => output.notice(text),
    });
    const state = openCampaignState(session);
    const executor = await openExecutor(session, options.queue);
    try {
      const summary = await work({ session, executor, state, watcher: output });
      output.end();
      if (options.quiet !== true) process.stderr.write(`${summary}\n`);
    } finally {
      await executor.close();
      await state.close();
    }
    return output.counts().has('failed') ? 2 : 0;
  } catch (error) {
    output.end();
    throw knownError(error);
  } finally {
    unlock();
  }
}

/** Without a queue, this process does the work. */
async function openExecutor(session: Session, queue: string | undefined): Promise<Executor> {
  if (queue === undefined) return localExecutor(session);
  const { openSigner } = await import('../../bulk/queue/signing.js');
  const { queueExecutor } = await import('../../bulk/queue/queue-executor.js');
  return queueExecutor(session, queue, openSigner(process.env['DOCKMOD_QUEUE_KEY']));
}

function lock(folder: string): () => void {
  try {
    return lockFolder(folder);
  } catch (error) {
    throw error instanceof LockedError ? new UsageError(error.message) : error;
  }
}

/** Errors that the user can do something about are printed as one line, without a stack. */
function knownError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (['ENOSPC', 'EACCES', 'EROFS', 'EDQUOT'].includes(code)) return new UsageError(describeError(error));
  if (error instanceof Error && ['ForgeError', 'GitError'].includes(error.name)) return new UsageError(error.message);
  return error;
}
