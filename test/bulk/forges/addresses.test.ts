import { describe, expect, it } from 'vitest';
import { forgeAddress, PUBLIC_FORGES, repositoryOfUrl } from '../../../src/bulk/forges/addresses.js';
import type { ForgeKind } from '../../../src/bulk/forges/types.js';

const ENTERPRISE = forgeAddress('github', 'https://ghe.example.com');
const WITH_PORT = forgeAddress('gitea', 'http://git.example.com:3000');
const WITH_PATH = forgeAddress('gitlab', 'https://example.com/gitlab');
const FORGES = [ENTERPRISE, WITH_PORT, WITH_PATH, ...Object.values(PUBLIC_FORGES)];

describe('the address of a forge', () => {
  it.each<[ForgeKind, string, string, string]>([
    ['github', 'github.com', 'https://api.github.com', 'github.com'],
    ['github', 'https://github.com/', 'https://api.github.com', 'github.com'],
    ['github', 'https://api.github.com', 'https://api.github.com', 'github.com'],
    ['github', 'https://ghe.example.com', 'https://ghe.example.com/api/v3', 'ghe.example.com'],
    ['github', 'https://ghe.example.com/api/v3/', 'https://ghe.example.com/api/v3', 'ghe.example.com'],
    ['github', 'https://acme.ghe.com', 'https://api.acme.ghe.com', 'acme.ghe.com'],
    ['github', 'https://api.acme.ghe.com', 'https://api.acme.ghe.com', 'acme.ghe.com'],
    ['gitlab', 'gitlab.com', 'https://gitlab.com/api/v4', 'gitlab.com'],
    ['gitlab', 'http://gitlab.example.com:8080', 'http://gitlab.example.com:8080/api/v4', 'gitlab.example.com:8080'],
    ['gitlab', 'https://example.com/gitlab/', 'https://example.com/gitlab/api/v4', 'example.com/gitlab'],
    ['gitea', 'codeberg.org', 'https://codeberg.org/api/v1', 'codeberg.org'],
    ['gitea', 'git.example.com:3000', 'https://git.example.com:3000/api/v1', 'git.example.com:3000'],
    ['gitea', 'https://me:secret@git.example.com', 'https://git.example.com/api/v1', 'git.example.com'],
    // Another kind of forge at a known host.
    ['gitea', 'https://github.com', 'https://github.com/api/v1', 'github.com'],
  ])('%s %s', (kind, base, api, host) => {
    expect(forgeAddress(kind, base)).toEqual({ kind, api, host });
  });

  it.each(['ssh://git@github.com', 'file:///srv', 'https://', ''])('is not %s', (base) => {
    expect(() => forgeAddress('github', base)).toThrow(TypeError);
  });
});

describe('the repository of a URL', () => {
  it.each([
    ['https://github.com/acme/shop.git', 'github.com/acme/shop', 'acme/shop'],
    ['https://github.com/acme/shop/', 'github.com/acme/shop', 'acme/shop'],
    ['https://GitHub.com/acme/Shop', 'github.com/acme/Shop', 'acme/Shop'],
    ['git@github.com:acme/shop.git', 'github.com/acme/shop', 'acme/shop'],
    ['github.com:acme/shop', 'github.com/acme/shop', 'acme/shop'],
    ['ssh://git@ssh.github.com:443/acme/shop.git', 'github.com/acme/shop', 'acme/shop'],
    ['ssh://git@git.example.com:2222/acme/shop.git', 'git.example.com:3000/acme/shop', 'acme/shop'],
    ['http://git.example.com:3000/acme/shop', 'git.example.com:3000/acme/shop', 'acme/shop'],
    ['https://gitlab.com/group/sub/deep/project.git', 'gitlab.com/group/sub/deep/project', 'group/sub/deep/project'],
    ['https://example.com/gitlab/group/project', 'example.com/gitlab/group/project', 'group/project'],
    ['https://ghe.example.com/acme/shop', 'ghe.example.com/acme/shop', 'acme/shop'],
  ])('%s', (url, id, path) => {
    const found = repositoryOfUrl(url, FORGES);
    expect(found).toMatchObject({ id, path, defaultBranch: undefined });
    expect(found.forge?.host).toBe(id.slice(0, -path.length - 1));
    expect(repositoryOfUrl(found.url, FORGES)).toEqual(found);
  });

  it.each([
    ['https://example.com/a/b/c.git', 'example.com/a/b/c', 'b/c'],
    ['ssh://git@example.com/a/b', 'example.com/a/b', 'a/b'],
    ['git@example.com:b.git', 'example.com/b', 'b'],
    // Outside of the instance's path, and a host that only starts like a known one.
    ['https://example.com/gitlab-docs/a/b', 'example.com/gitlab-docs/a/b', 'a/b'],
    ['https://github.com.example.org/a/b', 'github.com.example.org/a/b', 'a/b'],
    ['https://git.example.com/acme/shop', 'git.example.com/acme/shop', 'acme/shop'],
    ['file:///srv/git/one.git', 'file:///srv/git/one.git', 'git/one'],
    ['/srv/git/a b.git', 'file:///srv/git/a%20b.git', 'git/a b'],
  ])('%s is plain git', (url, id, path) => {
    expect(repositoryOfUrl(url, FORGES)).toMatchObject({ id, path, forge: undefined });
  });

  it.each([
    ['https://me:secret@github.com/acme/shop.git', 'https://github.com/acme/shop.git'],
    ['https://secret@example.com/a/b', 'https://example.com/a/b'],
    ['ssh://git:secret@github.com/acme/shop', 'ssh://git@github.com/acme/shop'],
    ['git@github.com:acme/shop.git', 'git@github.com:acme/shop.git'],
  ])('%s is stored without credentials', (url, stored) => {
    const found = repositoryOfUrl(url, FORGES);
    expect(found.url).toBe(stored);
    expect(JSON.stringify(found)).not.toContain('secret');
  });

  it.each([
    'ext::sh -c "touch /tmp/x"',
    'fd::17',
    'ftp://example.com/a/b.git',
    'ssh://-oProxyCommand=touch/a/b',
    '-oProxyCommand=touch:a/b',
    'javascript://x/y',
  ])('%s is none', (url) => {
    expect(() => repositoryOfUrl(url, FORGES)).toThrow(TypeError);
  });
});
