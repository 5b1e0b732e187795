import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commitTo, git, makeRepository, temporaryFolder } from '../support/repositories.js';
import { campaignOn } from './campaign-of.js';
import { dockmod, statuses, UNPINNED, writeCampaign, type Outcome } from './program.js';

const BRANCH = 'dockmod/test';
const COMMANDS = ['status', 'report', 'apply', 'sync', 'close', 'plan'] as const;
const READING = ['status', 'report'] as const;
type Command = (typeof COMMANDS)[number];

interface Pushed {
  readonly folder: string;
  readonly repository: string;
  readonly journal: string;
  readonly plan: string;
}

/** A campaign whose one branch is pushed. */
async function pushed(): Promise<Pushed> {
  const folder = temporaryFolder();
  const repository = makeRepository(join(folder, 'one.git'), { Dockerfile: UNPINNED });
  writeCampaign(folder, ['level: safe', 'sources:', '  - directory: one.git']);
  for (const command of ['plan', 'apply'] as const) expect(await bulk(folder, command)).toMatchObject({ code: 0 });
  const home = join(folder, 'test.dockmod');
  return { folder, repository, journal: join(home, 'journal.jsonl'), plan: join(home, 'plan.jsonl') };
}

const bulk = (folder: string, command: Command): Promise<Outcome> =>
  dockmod(folder, ['bulk', command, 'campaign.yaml']);
const isStack = /^\s+at .*:\d+:\d+/m;

/** Runs commands over files in this state, one after the other. */
async function runOver(
  campaign: Pushed,
  commands: readonly Command[],
  damage: (text: { journal: string[]; plan: string[] }) => void,
): Promise<ReadonlyMap<Command, Outcome>> {
  const { folder, journal, plan } = campaign;
  const before = [journal, plan].map((file) => readFileSync(file, 'utf8'));
  const outcomes = new Map<Command, Outcome>();
  for (const command of commands) {
    const [journalLines = [], planLines = []] = before.map((text) => text.split('\n'));
    damage({ journal: journalLines, plan: planLines });
    writeFileSync(journal, journalLines.join('\n'));
    writeFileSync(plan, planLines.join('\n'));
    outcomes.set(command, await bulk(folder, command));
  }
  for (const [command, { err, out }] of outcomes) {
    expect(err, command).not.toMatch(isStack);
    expect(err + out, command).not.toContain('0 fixes');
  }
  return outcomes;
}

describe('a damaged journal', () => {
  it.each([
    ['an event that there is not', 1, '"pushing"', '"frobbed"', 'there is no event "frobbed"', COMMANDS],
    ['a field that is missing', 0, '"fixes"', '"mixes"', 'its "fixes" is missing or wrong', READING],
    ['a field of another type', 0, '"files":1', '"files":"many"', 'its "files" is missing or wrong', READING],
    ['a time that is none', 2, '"at":"', '"at":"about ', 'its "at" is missing or wrong', READING],
    ['half a line', 1, ',"event":"pushing"', '\n', 'it is not JSON', READING],
    ['another value', 1, /.*/, '42', 'it is not an object', READING],
  ])(
    'is named with file, line and what to do, and the rest counts: %s',
    async (_, index, from, to, reason, commands) => {
      const campaign = await pushed();
      const outcomes = await runOver(campaign, commands, ({ journal }) => {
        journal[index] = journal[index]?.replace(from, to) ?? '';
      });
      for (const [command, { err }] of outcomes) {
        expect(err, command).toContain(
          `journal.jsonl:${index + 1}: the record is damaged and counts for nothing: ${reason}`,
        );
        expect(err, command).toContain('remove the damaged lines and run `dockmod bulk apply`');
      }
    },
  );

  it('names the first lines and counts the others', async () => {
    const { folder, journal } = await pushed();
    writeFileSync(journal, 'damaged\n'.repeat(10) + readFileSync(journal, 'utf8'));
    const { err } = await bulk(folder, 'status');
    expect(err).toContain('journal.jsonl:3:');
    expect(err).not.toContain('journal.jsonl:4:');
    expect(err).toContain('7 more records are damaged');
  });
});

describe('a journal that lost its records', () => {
  it.each([
    ['emptied', (file: string) => truncateSync(file)],
    ['removed', (file: string) => rmSync(file, { force: true })],
    ['cut off in its first line', (file: string) => truncateSync(file, 40)],
  ])('says so, and `apply` finds what was pushed: %s', async (_, lose) => {
    const { folder, repository, journal } = await pushed();
    const head = git(repository, 'rev-parse', BRANCH);
    for (const command of ['status', 'report', 'plan'] as const) {
      lose(journal);
      const { err } = await bulk(folder, command);
      expect(err, command).toContain('journal.jsonl: the records of one.git are lost');
      expect(err, command).toContain('run `dockmod bulk apply`');
      expect(err, command).not.toMatch(isStack);
    }
    lose(journal);
    const { code, err } = await bulk(folder, 'apply');
    expect(code).toBe(0);
    expect(err).toContain(`pushed one.git: 2 fixes in 1 file, branch ${BRANCH}`);
    expect(git(repository, 'rev-parse', BRANCH)).toBe(head);

    // Its own branch is known again: the next plan may replace it.
    commitTo(repository, { Dockerfile: UNPINNED.replace('curl', 'wget') }, 'main moves on');
    expect((await bulk(folder, 'sync')).err).toContain('pushed one.git: 2 fixes in 1 file');
    expect(git(repository, 'show', `${BRANCH}:Dockerfile`)).toContain('wget');
  });

  it('plans anew where the plan is removed as well', async () => {
    const { folder, journal, plan } = await pushed();
    rmSync(journal);
    rmSync(plan);
    expect(await bulk(folder, 'plan')).toMatchObject({ code: 0 });
  });

  it('tells of each repository what its plan fixes when only the record of the plan is lost', async () => {
    const { folder, journal } = await pushed();
    writeFileSync(journal, readFileSync(journal, 'utf8').split('\n').slice(1).join('\n'));
    const { err } = await bulk(folder, 'apply');
    expect(err).toContain('pushed one.git: 2 fixes in 1 file');
  });

  it('finds the pull requests that are open', async () => {
    const campaign = await campaignOn('github', 2);
    const run = (command: Command): Promise<Outcome> =>
      dockmod(campaign.folder, ['bulk', command, 'campaign.yaml'], campaign.env);
    const urls = () => [...statuses(campaign.folder).values()].map(({ pullRequest }) => pullRequest?.url).sort();
    for (const command of ['plan', 'apply'] as const) await run(command);
    const before = urls();
    truncateSync(join(campaign.folder, 'test.dockmod', 'journal.jsonl'));
    expect(await run('apply')).toMatchObject({ code: 0 });
    expect(urls()).toEqual(before);
    expect(campaign.forge.model.requests).toHaveLength(2);
  });
});

describe('a damaged plan', () => {
  it.each([
    ['42', READING],
    ['{"outcome":"fix"}', COMMANDS],
    ['{"reposit', READING],
    ['', READING],
  ])('is named with file, line and what to do: %j', async (line, commands) => {
    const campaign = await pushed();
    const outcomes = await runOver(campaign, commands, ({ plan }) => void plan.splice(1, 0, line));
    for (const [command, { err, code }] of outcomes)
      if (command !== 'plan' && command !== 'sync') {
        expect(err, command).toContain('plan.jsonl:2: the line is damaged: run `dockmod bulk plan` again');
        expect(code, command).toBe(2);
      }
    for (const command of ['plan', 'apply'] as const)
      expect(await bulk(campaign.folder, command)).toMatchObject({ code: 0 });
  });

  it.each(['', '{}\n', '{"dockmod":"0","campaign":"test","createdAt":"soon"}\n'])(
    'without a header it is no plan: %j',
    async (text) => {
      const { folder, plan } = await pushed();
      for (const command of READING) {
        writeFileSync(plan, text);
        const { code, err } = await bulk(folder, command);
        expect(code, command).toBe(2);
        expect(err, command).toContain('plan.jsonl:1: this is not a plan: run `dockmod bulk plan` again');
        expect(err, command).not.toMatch(isStack);
      }
      expect(await bulk(folder, 'plan')).toMatchObject({ code: 0 });
    },
  );
});
