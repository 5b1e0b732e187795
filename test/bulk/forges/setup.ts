import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { forgeAddress } from '../../../src/bulk/forges/addresses.js';
import { openForge, type ForgeOptions } from '../../../src/bulk/forges/index.js';
import type { Forge, ForgeKind, ForgeQuery, NewPullRequest, Repository } from '../../../src/bulk/forges/types.js';
import { startForge, type TestForge } from '../../support/forge.js';
import { commitTo, makeRepository, temporaryFolder } from '../../support/repositories.js';

export const KINDS: readonly ForgeKind[] = ['github', 'gitlab', 'gitea'];
export const QUERY: ForgeQuery = { archived: false, forks: false };
export const REQUEST: NewPullRequest = {
  branch: 'dockmod/test',
  base: 'main',
  title: 'Fix',
  body: 'text',
  draft: false,
};

/** The request that opens a pull request, by the forge's API. */
export const OPENS: Readonly<Record<ForgeKind, RegExp>> = {
  github: /^POST .*\/pulls$/,
  gitlab: /^POST .*\/merge_requests$/,
  gitea: /^POST .*\/pulls$/,
};

/** The key for an organization in a query to each forge. */
export function ownerQuery(kind: ForgeKind, name: string): ForgeQuery {
  return kind === 'gitlab' ? { ...QUERY, group: name } : { ...QUERY, organization: name };
}

export interface Bench {
  readonly kind: ForgeKind;
  readonly server: TestForge;
  readonly repository: Repository;
  /** Reasons of the client's waits, and its notices. */
  readonly waits: string[];
  readonly notices: string[];
  open(options?: Partial<ForgeOptions>): Promise<Forge>;
  /** Paths of what a query finds. */
  list(query: ForgeQuery): Promise<string[]>;
  /** A bare repository with a commit on main and another on the branch of REQUEST. */
  add(path: string): string;
  /** Also checks that every request was legal. */
  close(): Promise<void>;
}

let template: string | undefined;

/** Made once and copied, which is faster than git. */
function makeTemplate(): string {
  const bare = makeRepository(join(temporaryFolder(), 'template.git'), { Dockerfile: 'FROM a\n' });
  commitTo(bare, { Dockerfile: 'FROM b\n' }, 'fix', REQUEST.branch);
  return bare;
}

/** A forge with the repository `acme/shop`. */
export async function startBench(kind: ForgeKind): Promise<Bench> {
  const server = await startForge(temporaryFolder());
  const address = forgeAddress(kind, server.url);
  const waits: string[] = [];
  const notices: string[] = [];
  const open: Bench['open'] = (options = {}) =>
    openForge(address, {
      token: server.token,
      fetch,
      version: '0.0.0',
      retryDelay: 1,
      onWait: (seconds, reason) => waits.push(`${seconds} ${reason}`),
      onNotice: (text) => notices.push(text),
      ...options,
    });
  const add = (path: string): string => {
    const directory = join(server.model.root, `${path}.git`);
    cpSync((template ??= makeTemplate()), directory, { recursive: true });
    server.model.repositories.push({ path });
    return directory;
  };
  add('acme/shop');
  return {
    kind,
    server,
    waits,
    notices,
    open,
    add,
    repository: {
      id: `${server.host}/acme/shop`,
      url: `${server.url}/acme/shop.git`,
      forge: address,
      path: 'acme/shop',
      defaultBranch: 'main',
    },
    async list(query) {
      const found: string[] = [];
      for await (const { path } of (await open()).list(query)) found.push(path);
      return found;
    },
    async close() {
      await server.close();
      expect(server.problems).toEqual([]);
    },
  };
}
