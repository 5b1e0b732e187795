import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCampaign } from '../../src/bulk/campaign/load.js';
import { findRepositories } from '../../src/bulk/campaign/sources.js';
import { makeRepository, temporaryFolder } from '../support/repositories.js';
import { dockmod } from './program.js';
import { isRefusal } from '../../src/refusal.js';

function campaignFile(text: string): string {
  const file = join(temporaryFolder(), 'campaign.yaml');
  writeFileSync(file, text);
  return file;
}

describe('a campaign file', () => {
  it('can be as small as this', async () => {
    const file = campaignFile(
      'name: pin-and-clean\nsources:\n  - git: file:///srv/git/one.git\n  - directory: ../checkouts/*\nlevel: safe\n',
    );
    const campaign = await loadCampaign(file);
    expect(campaign).toMatchObject({ name: 'pin-and-clean', branch: 'dockmod/pin-and-clean' });
    expect(campaign.settings.transforms).toContain('remove-package-caches');
    expect(campaign.settings.transforms).not.toContain('run-as-non-root');
  });

  const wrong: readonly (readonly [what: string, text: string, message: RegExp])[] = [
    ['an unknown key', 'name: a\nsources: [{ git: x }]\nlevels: safe\n', /unknown key; did you mean level\?/],
    [
      'an unknown source',
      'name: a\nsources: [{ bitbucket: x }]\n',
      /sources\.0: expected one of directory, git, list, github, gitlab, gitea/,
    ],
    [
      'an unknown key of a source',
      'name: a\nsources: [{ github: { organisation: x } }]\n',
      /did you mean organization\?/,
    ],
    ['no sources', 'name: a\nsources: []\n', /sources: at least one/],
    [
      'an unknown transform',
      'name: a\nsources: [{ git: x }]\nonly: [pin-base-imag]\n',
      /did you mean pin-base-image\?/,
    ],
    ['a bad branch', 'name: a\nsources: [{ git: x }]\nbranch: "a..b"\n', /branch: not a valid branch name/],
    [
      'a bad template',
      'name: a\nsources: [{ git: x }]\npullRequest: { title: "{{nam}}" }\n',
      /pullRequest\.title: there is no \{\{nam\}\}; legal:/,
    ],
    [
      'a placeholder of another template',
      'name: a\nsources: [{ git: x }]\npullRequest: { title: "{{transform}}" }\n',
      /there is no \{\{transform\}\}; legal: \{\{campaign\}\}, .*\{\{files\.count\}\}$/m,
    ],
    ['a bad name', 'name: "a/b"\nsources: [{ git: x }]\n', /name: letters, digits/],
    ['bad YAML', 'name: [\n', /campaign\.yaml:\d+: /],
    [
      'a limit of zero',
      'name: a\nsources: [{ git: x }]\nlimits: { concurrency: 0 }\n',
      /limits\.concurrency: expected 1 or more/,
    ],
  ];
  it.each(wrong)('with %s is told so', async (_, text, message) => {
    await expect(loadCampaign(campaignFile(text))).rejects.toThrow(message);
  });

  it('is written by init, is legal, and is never overwritten', async () => {
    const folder = temporaryFolder();
    expect(await dockmod(folder, ['bulk', 'init'])).toMatchObject({ code: 0 });
    expect(await loadCampaign(join(folder, 'campaign.yaml'))).toMatchObject({ name: 'dockerfiles' });
    expect(await dockmod(folder, ['bulk', 'init'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('already') as unknown,
    });
  });

  it('that is missing, or a wrong command, prints one line and exits with 2', async () => {
    const folder = temporaryFolder();
    expect(await dockmod(folder, ['bulk', 'plan', 'nope.yaml'])).toEqual({
      code: 2,
      out: '',
      err: 'error nope.yaml: the file does not exist\n',
    });
    writeFileSync(join(folder, 'c.yaml'), 'name: a\nsources: [{ directory: . }]\n');
    expect(await dockmod(folder, ['bulk', 'apply', 'c.yaml'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('there is no plan yet') as unknown,
    });
    expect((await dockmod(folder, ['bulk', 'plan'])).code).toBe(2);
    expect(existsSync(join(folder, 'a.dockmod', 'plan.jsonl'))).toBe(false);
  });

  it('has a schema for editors', () => {
    const schema = JSON.parse(readFileSync('schema/dockmod.campaign.schema.json', 'utf8')) as { properties: object };
    expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(['name', 'sources', 'waves', 'pullRequest']));
  });
});

describe('sources', () => {
  it('are folders by glob, lists, URLs; each repository once, without what is left out', async () => {
    const folder = temporaryFolder();
    for (const name of ['a', 'b', 'b-archive']) makeRepository(join(folder, 'repos', `${name}.git`), {});
    mkdirSync(join(folder, 'repos', 'plain'));
    writeFileSync(join(folder, 'list.txt'), '# mine\nrepos/a.git\nhttps://user:pw@github.com/acme/shop.git # ours\n\n');
    writeFileSync(
      join(folder, 'campaign.yaml'),
      'name: t\nsources:\n  - directory: repos/*\n    exclude: ["*-archive"]\n  - list: list.txt\n  - git: git@gitlab.com:group/sub/project.git\n',
    );
    const found = [];
    for await (const { id, repository } of findRepositories(await loadCampaign(join(folder, 'campaign.yaml')), () =>
      Promise.reject(new Error()),
    ))
      found.push(isRefusal(repository) ? `${id}: ${repository.reason}` : `${id} ${repository.forge?.kind ?? 'git'}`);
    expect(found).toEqual([
      'repos/a.git git',
      'repos/b.git git',
      'repos/plain: it is not a git repository: use `dockmod fix` to fix its files in place',
      'github.com/acme/shop github',
      'gitlab.com/group/sub/project gitlab',
    ]);
  });
});
