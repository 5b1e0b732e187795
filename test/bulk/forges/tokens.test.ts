import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forgeAddress } from '../../../src/bulk/forges/addresses.js';
import { tokenFor, tokenVariables } from '../../../src/bulk/forges/tokens.js';
import { redact } from '../../../src/bulk/git/redact.js';
import { openGit, type Git } from '../../../src/bulk/git/run.js';

/** Git with the given configuration and no other. */
function gitWith(config: string, files: Readonly<Record<string, string>> = {}): Git {
  const home = mkdtempSync(join(tmpdir(), 'dockmod-test-'));
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(home, name), text.replaceAll('HOME_FOLDER', home));
    chmodSync(join(home, name), 0o755);
  }
  writeFileSync(join(home, 'config'), config.replaceAll('HOME_FOLDER', home));
  return openGit({
    env: { ...process.env, HOME: home, GIT_CONFIG_GLOBAL: join(home, 'config'), GIT_CONFIG_NOSYSTEM: '1' },
    timeoutMs: 10_000,
  });
}

const HELPER =
  '#!/bin/sh\ncat > HOME_FOLDER/asked\nprintf "username=me\\npassword=%s\\n" "$(grep host= HOME_FOLDER/asked)"\n';
const none = gitWith('');
const helper = gitWith('[credential]\n\thelper = HOME_FOLDER/helper\n', { helper: HELPER });

describe('a token', () => {
  it('is the variable of its host before those of its kind', async () => {
    const address = forgeAddress('gitea', 'https://git.example.com:3000/code');
    const env: Record<string, string> = {};
    const found: (string | undefined)[] = [];
    for (const name of tokenVariables(address).toReversed()) {
      env[name] = name;
      found.push(await tokenFor(address, env, none));
    }
    expect(found).toEqual([
      'FORGEJO_TOKEN',
      'GITEA_TOKEN',
      'DOCKMOD_TOKEN_GIT_EXAMPLE_COM_3000',
      'DOCKMOD_TOKEN_GIT_EXAMPLE_COM_3000_CODE',
    ]);
  });

  it.each([
    ['github', 'github.com', ['DOCKMOD_TOKEN_GITHUB_COM', 'GITHUB_TOKEN', 'GH_TOKEN']],
    ['gitlab', 'https://gitlab.com', ['DOCKMOD_TOKEN_GITLAB_COM', 'GITLAB_TOKEN']],
    ['gitea', 'codeberg.org', ['DOCKMOD_TOKEN_CODEBERG_ORG', 'GITEA_TOKEN', 'FORGEJO_TOKEN']],
  ] as const)('of %s is looked for in %s', (kind, base, names) => {
    expect(tokenVariables(forgeAddress(kind, base))).toEqual(names);
  });

  it('is not one that is empty, and loses the end of its line', async () => {
    const address = forgeAddress('github', 'github.com');
    expect(await tokenFor(address, { GITHUB_TOKEN: '', GH_TOKEN: 'abc\n' }, none)).toBe('abc');
  });

  it.each([
    ['github', 'github.com', 'host=github.com'],
    ['github', 'acme.ghe.com', 'host=acme.ghe.com'],
    ['gitlab', 'http://127.0.0.1:8080/code', 'host=127.0.0.1:8080'],
  ] as const)("is asked of git's credential helper: %s %s", async (kind, base, asked) => {
    expect(await tokenFor(forgeAddress(kind, base), {}, helper)).toBe(asked);
  });

  it('is undefined when there is none', async () => {
    const asking = gitWith('[core]\n\taskPass = HOME_FOLDER/ask\n', { ask: '#!/bin/sh\necho asked\n' });
    for (const git of [none, asking])
      expect(await tokenFor(forgeAddress('github', 'github.com'), {}, git)).toBeUndefined();
  });
});

describe('redaction', () => {
  const secret = 'gh+p_To/ken=42"x';
  const base64 = (text: string): string => Buffer.from(text).toString('base64');

  it.each([
    ['as it is', secret],
    ['in a URL', encodeURIComponent(secret)],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['in base64', base64(secret)],
    ...['x-access-token', 'oauth2', 'me', 'you', 'some'].map((name) => [`for ${name}`, base64(`${name}:${secret}`)]),
    ['in base64 for URLs', Buffer.from(`a:${secret}`).toString('base64url')],
  ])('finds a secret %s', (_, form = '') => {
    expect(redact(`before ${form} after`, [secret])).toBe('before *** after');
    expect(redact(`Basic ${form}, Basic ${form}`, ['other', secret])).toBe('Basic ***, Basic ***');
  });

  it('finds credentials in URLs, whoever they are for', () => {
    expect(redact('https://me:pass@example.com/x and ssh://git@example.com', [])).toBe(
      'https://***@example.com/x and ssh://git@example.com',
    );
  });

  it('leaves the rest', () => {
    const text = `a, ab and ${base64('nothing to hide, whatever its length')}`;
    expect(redact(text, ['a', '', secret])).toBe(text);
  });
});
