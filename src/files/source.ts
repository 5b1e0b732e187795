import { resolve, dirname } from 'node:path';
import type { FileReport } from '../report/types.js';
import { openConfigCache, wrongConfig } from './config/config-cache.js';
import { configTop } from './config/find.js';
import type { RunOptions } from './config/types.js';
import { isInFolder } from './disk/paths.js';
import { reportOf, skippedReport } from './file-report.js';
import { fixJobText, newJobCaches } from './fix-job.js';
import type { Job, Outcome } from './job.js';
import { givenContext } from './given-context.js';
import { whyExcluded } from './patterns.js';
import { checkFormatter } from './prettier.js';

const NO_NAME =
  'the text comes from standard input: name its file with --stdin-filename, or the context with --context';

/**
 * Fixes a text that is not in a file, or that an editor has open. Nothing is written, and fixes that would need another file to be
 * written are left out.
 * @param filename where the text belongs; undefined when it has no place
 * @throws UsageError or UnknownTransformError when the options or the configuration are wrong
 */
export async function fixSource(
  text: string,
  filename: string | undefined,
  options: RunOptions = {},
): Promise<FileReport> {
  if (options.format === true) checkFormatter();
  const cwd = resolve(options.cwd ?? '.');
  const path = resolve(cwd, filename ?? 'Dockerfile');
  const folder = dirname(path);
  const top = configTop(folder, isInFolder(cwd, path) ? cwd : folder);
  const scope = await openConfigCache({ ...options, cwd }).scopeOf(folder, top);
  const { settings } = scope;
  if (typeof settings !== 'function') throw wrongConfig(settings);
  const context = givenContext(options, cwd);
  const noContext = filename === undefined && context === undefined ? NO_NAME : undefined;
  const shown = filename ?? '<stdin>';
  const excluded = filename === undefined ? undefined : whyExcluded(scope, path, false);
  if (excluded !== undefined) return skippedReport(shown, excluded);
  const job: Job = {
    path,
    shown,
    root: cwd,
    context,
    noContext,
    settings: settings(path),
    named: true,
    timeout: options.fileTimeout,
  };
  return reportOf(job, await fixWithoutFiles(job, text));
}

/** Where a fix would write another file, fixes again without a context, so that this fix is left out. */
async function fixWithoutFiles(job: Job, text: string): Promise<Outcome> {
  const outcome = await fixJobText(job, text, newJobCaches());
  if (!('result' in outcome) || outcome.result.contextEdits.length === 0) return outcome;
  const names = outcome.result.contextEdits.map(({ path }) => path).join(', ');
  return fixJobText(
    { ...job, noContext: `${names} would have to be written, which is not possible with standard input` },
    text,
    newJobCaches(),
  );
}
