import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyCampaign, type ApplyResult } from '../../bulk/apply-campaign.js';
import { loadCampaign } from '../../bulk/campaign/load.js';
import { journalFile, planFile } from '../../bulk/campaign/session.js';
import { STARTER_FILE } from '../../bulk/campaign/starter-file.js';
import { closeCampaign } from '../../bulk/close-campaign.js';
import { readJournal } from '../../bulk/journal/journal.js';
import { statusesOf } from '../../bulk/journal/repository-status.js';
import { tellLostRecords } from '../../bulk/lost-records.js';
import { planCampaign } from '../../bulk/plan-campaign.js';
import { diffFileOf, diffOf, idsOf, readPlan } from '../../bulk/plan/plan-file.js';
import { refreshCampaign } from '../../bulk/refresh-campaign.js';
import { UsageError } from '../../files/config/usage-error.js';
import { describeError } from '../../files/disk/errors.js';
import { showPath } from '../../files/disk/paths.js';
import { plural } from '../../report/counts.js';
import { styleDiff } from '../../report/terminal.js';
import { styleOf, openStreams } from '../terminal/streams.js';
import type { BulkOptions } from './options.js';
import { bulkOutput, statusLine, type BulkOutput } from './output.js';
import { withCampaign, type Run } from './with-campaign.js';

export async function init(file: string): Promise<number> {
  try {
    await writeFile(file, STARTER_FILE, { flag: 'wx' });
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw new UsageError(`${file}: ${exists ? 'the file exists already' : describeError(error)}`);
  }
  process.stderr.write(`wrote ${file}: name your repositories in it, then run \`dockmod bulk plan ${file}\`\n`);
  return 0;
}

export async function plan(file: string, options: BulkOptions): Promise<number> {
  const code = await withCampaign(file, options, async (run) => {
    await planCampaign(run);
    return planSummary(run);
  });
  if (options.diff === true) await printDiff(file);
  return code;
}

export function apply(file: string, options: BulkOptions): Promise<number> {
  return withCampaign(file, options, async (run) => applySummary(run, await applyCampaign(run)));
}

export function run(file: string, options: BulkOptions): Promise<number> {
  return withCampaign(file, options, async (run) => {
    await planCampaign(run);
    return applySummary(run, await applyCampaign(run));
  });
}

export function sync(file: string, options: BulkOptions): Promise<number> {
  return withCampaign(file, options, async (run) => {
    await refreshCampaign(run);
    await planCampaign(run);
    return applySummary(run, await applyCampaign(run, { update: true }));
  });
}

export function status(file: string, options: BulkOptions): Promise<number> {
  return withCampaign(file, { ...options, quiet: true }, async (run) => {
    await refreshCampaign(run);
    run.watcher.end();
    const statuses = [...run.state.statuses.values()];
    process.stdout.write(
      options.format === 'json'
        ? `${JSON.stringify(statuses, null, 2)}\n`
        : statuses.map((one) => `${statusLine(one, undefined)}${checksOf(one)}\n`).join(''),
    );
    return '';
  });
}

function checksOf({ state, checks }: { readonly state: string; readonly checks: string }): string {
  return state === 'open' && checks !== 'none' ? ` (checks ${checks})` : '';
}

export function close(file: string, options: BulkOptions): Promise<number> {
  const { deleteBranches = false, comment = '' } = options;
  return withCampaign(file, options, async (run) => {
    await closeCampaign(run, { deleteBranches, comment });
    return countsOf(run.watcher);
  });
}

/** Reads only the plan and the journal: it needs no lock and asks no forge. */
export async function report(file: string, options: BulkOptions): Promise<number> {
  const campaign = await loadCampaign(file);
  const plan = await readPlan(planFile({ campaign }));
  const output = bulkOutput({ quiet: options.quiet === true });
  const notice = (text: string): void => output.notice(text);
  const records = readJournal(journalFile({ campaign }), notice);
  const statuses = statusesOf(records);
  tellLostRecords({ campaign, notice }, await idsOf(plan), statuses);
  const { makeReport, reportFiles } = await import('../../bulk/report/index.js');
  const model = await makeReport({
    campaign: campaign.name,
    plannedAt: plan.header.createdAt,
    entries: plan.entries(),
    statuses,
    records,
  });
  const folder = options.output ?? campaign.home;
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(reportFiles(model))) {
    const path = join(folder, name);
    await writeFile(path, text);
    if (options.quiet !== true) process.stderr.write(`${showPath(path, process.cwd())}\n`);
  }
  return 0;
}

function planSummary({ session, watcher }: Run): string {
  const path = showPath(planFile(session), process.cwd());
  return `${countsOf(watcher)}\nplan: ${path}, diffs: ${showPath(diffFileOf(planFile(session)), process.cwd())}`;
}

function applySummary({ watcher }: Run, { waiting, reason }: ApplyResult): string {
  const later = reason === undefined ? '' : `\n${plural(waiting, 'repository waits', 'repositories wait')}: ${reason}`;
  return `${countsOf(watcher)}${later}`;
}

function countsOf(output: BulkOutput): string {
  const parts = [...output.counts()].map(([state, count]) => `${count} ${state}`);
  return parts.length === 0 ? 'nothing to do' : parts.join(', ');
}

/** On a terminal, control characters are made visible: the diffs contain text of other people's repositories. */
async function printDiff(file: string): Promise<void> {
  const plan = await readPlan(planFile({ campaign: await loadCampaign(file) }));
  const streams = openStreams();
  const style = styleOf(process.stdout);
  for await (const entry of plan.entries()) {
    await streams.out(styleDiff(diffOf(entry), style));
    if (streams.closed()) return;
  }
}
