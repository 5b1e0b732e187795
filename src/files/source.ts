import { resolve, dirname } from 'node:path';
import type { FileReport } from '../report/types.js';
import { openConfigs } from './config/config-cache.js';
import { findConfigFile } from './config/load.js';
import type { RunOptions } from './config/types.js';
import { UsageError } from './config/usage-error.js';
import { fixJobText, newShared, type Outcome, type Job } from './fix-job.js';
import { failedReport } from './write-results.js';

const NO_NAME = 'the text came from standard input: name its file with --stdin-filename, or the context with --context';

/**
 * Fixes a text that is in no file, or in one that an editor holds: `filename` says where it would be. Nothing is written, and
 * nothing is done that would need another file to be written.
 */
export async function fixSource(
  text: string,
  filename: string | undefined,
  options: RunOptions = {},
): Promise<FileReport> {
  const cwd = resolve(options.cwd ?? '.');
  const path = resolve(cwd, filename ?? 'Dockerfile');
  const { settings } = await openConfigs({ ...options, cwd }).scopeOf(findConfigFile(dirname(path)));
  if (typeof settings !== 'function') throw new UsageError(`${settings.file}: ${settings.message}`);
  const context = options.context === undefined ? undefined : resolve(cwd, options.context);
  const noContext = filename === undefined && context === undefined ? NO_NAME : undefined;
  const shown = filename ?? '<stdin>';
  const job: Job = { path, shown, root: cwd, context, noContext, settings: settings(path) };
  const outcome = await fixWithoutFiles(job, text);
  if ('error' in outcome) return failedReport(shown, outcome.error);
  const problems = outcome.result.problems.map((problem) => ({ ...problem, path: shown }));
  return {
    ...outcome.result,
    path: shown,
    read: true,
    context: outcome.context,
    more: outcome.more,
    contextFiles: [],
    problems,
  };
}

async function fixWithoutFiles(job: Job, text: string): Promise<Outcome> {
  const outcome = await fixJobText(job, text, newShared());
  if ('error' in outcome || outcome.result.contextEdits.length === 0) return outcome;
  const names = outcome.result.contextEdits.map(({ path }) => path).join(', ');
  return fixJobText(
    { ...job, noContext: `${names} would have to be written, and only standard output can be` },
    text,
    newShared(),
  );
}
