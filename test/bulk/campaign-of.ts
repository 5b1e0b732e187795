import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ForgeKind } from '../../src/bulk/forges/types.js';
import { startForge, type TestForge } from '../support/forge.js';
import { commitsOf, git, makeRepository, temporaryFolder } from '../support/repositories.js';
import { statuses, UNPINNED, writeCampaign } from './program.js';

export interface ForgeCampaign {
  readonly folder: string;
  readonly forge: TestForge;
  readonly names: readonly string[];
  /** Environment with the token. */
  readonly env: Readonly<Record<string, string>>;
  readonly repository: (name: string) => string;
}

const OWNER: Readonly<Record<ForgeKind, string>> = { github: 'organization', gitlab: 'group', gitea: 'organization' };
const TOKEN: Readonly<Record<ForgeKind, string>> = {
  github: 'GITHUB_TOKEN',
  gitlab: 'GITLAB_TOKEN',
  gitea: 'GITEA_TOKEN',
};

/** A forge with repositories r0, r1 … of `acme`, and a campaign over them. */
export async function campaignOn(
  kind: ForgeKind,
  count: number,
  lines: readonly string[] = [],
): Promise<ForgeCampaign> {
  const root = temporaryFolder();
  const forge = await startForge(root);
  mkdirSync(join(root, 'acme'));
  const names = Array.from({ length: count }, (_, index) => `r${index}`);
  for (const name of names) {
    makeRepository(join(root, 'acme', `${name}.git`), { Dockerfile: `# ${name}\n${UNPINNED}` });
    forge.model.repositories.push({ path: `acme/${name}` });
  }
  const folder = temporaryFolder();
  writeCampaign(folder, [
    'level: safe',
    'sources:',
    `  - ${kind}: { url: "${forge.url}", ${OWNER[kind]}: acme }`,
    ...lines,
  ]);
  return {
    folder,
    forge,
    names,
    env: { [TOKEN[kind]]: forge.token },
    repository: (name) => join(root, 'acme', `${name}.git`),
  };
}

/** Expects one branch with one commit and one open pull request for each repository, and a journal that agrees. */
export function expectDone({ folder, forge, names, repository }: ForgeCampaign): void {
  for (const name of names) {
    expect(git(repository(name), 'branch', '--format=%(refname:short)').split('\n')).toEqual(['dockmod/test', 'main']);
    expect(commitsOf(repository(name), 'dockmod/test')).toHaveLength(2);
    const requests = forge.model.requests.filter((one) => one.repository === `acme/${name}`);
    expect(requests).toMatchObject([{ state: 'open' }]);
  }
  expect([...statuses(folder).values()].map(({ state }) => state)).toEqual(names.map(() => 'open'));
}
