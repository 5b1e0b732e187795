import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { lostDirectory } from '../../src/commands/directory-loss.js';
import { parseScript } from '../../src/shell/parse.js';

const root = mkdtempSync(join(tmpdir(), 'dockmod-directory-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const codeOf = (script: string, directory: string | undefined = '/srv/app'): string =>
  lostDirectory(parseScript(script), directory)?.code ?? 'stays';

let folders = 0;
/** Runs it in `/srv/app` of a folder of its own, with the paths of that folder in place; true when the directory is still the same. */
function staysInShell(script: string): boolean {
  const base = join(root, String(folders++));
  mkdirSync(join(base, 'srv/app'), { recursive: true });
  mkdirSync(join(base, 'srv/other'), { recursive: true });
  const before = statSync(join(base, 'srv/app')).ino;
  const text = script.replaceAll('/srv', join(base, 'srv'));
  spawnSync('bash', ['-c', text], { cwd: join(base, 'srv/app'), stdio: 'ignore', env: { ...process.env, OF: '/srv' } });
  const after = statSync(join(base, 'srv/app'), { throwIfNoEntry: false });
  return after?.ino === before;
}

const LINKED = 'mkdir /srv/t && ln -s other /srv/t/app && tar -cf /srv/a.tar -C /srv/t app';

describe('the directory that a RUN starts in', () => {
  it.each([
    'rm -rf /srv/app',
    'rm -rf /srv',
    'rm -rf /srv/*',
    'rm -rf /srv/a*',
    'rm -rf ../app',
    'cd / && cd /srv && rm -rf app',
    'cd .. && rm -rf app',
    'cd "$(dirname /srv/app)" && rm -rf app',
    'sh -c "rm -rf /srv/app"',
    'bash -ec "cd /srv; rm -rf app"',
    'eval rm -rf /srv/app',
    'f() { rm -rf /srv/app; }; f',
    'if true; then rmdir /srv/app; fi',
    '(rm -rf /srv/app)',
    'echo /srv/app | xargs rm -rf',
    'find /srv -mindepth 1 -name app -delete',
    'find /srv -maxdepth 1 -name app -exec rm -rf {} +',
    'find /srv -maxdepth 1 -name app -exec sh -c \'rm -rf "$1"\' _ {} +',
    'mv /srv/app /srv/old',
    'mv -t /srv/other /srv/app',
    'mv -T /srv/other /srv/app',
    'awk \'BEGIN { system("rm -rf /srv/app") }\'',
    `${LINKED} && tar -xf /srv/a.tar -C /srv`,
    `${LINKED} && cd /srv && tar -xf a.tar`,
  ])('is lost by %j', (script) => {
    expect(codeOf(script)).not.toBe('stays');
    expect(staysInShell(script)).toBe(false);
  });

  it.each([
    'mkdir -p out && touch out/a && chmod -R 700 .',
    'rm -rf out /srv/other',
    'rm -rf /srv/application /srv/*.tmp',
    'rm -rf ./*',
    'cd /srv && rm -rf other',
    'cd "$OF" ; rm -rf other',
    'rm -rf "$HOME/.nothing-of-this-name"',
    'd=$(mktemp -d) && rm -rf "$d"',
    'sh -c "rm -rf /srv/other"',
    'echo out | xargs mkdir -p',
    'find . -name "*.pyc" -delete',
    'find /srv -type f -delete',
    'mv /srv/other /srv/app/',
    'ln -sfn /srv/other /srv/app/link',
    'echo "rm -rf /srv/app" > remove.sh',
    `${LINKED} && tar -xf /srv/a.tar`,
    'git init -q .',
  ])('stays with %j', (script) => {
    expect(codeOf(script)).toBe('stays');
    expect(staysInShell(script)).toBe(true);
  });

  it.each([
    'make clean',
    './prepare.sh',
    'bash scripts/prepare.sh',
    '. ./settings.sh',
    'rsync -a --delete /x/ /srv/',
    'git clean -fdx /srv',
    'git checkout other',
    'npm run build',
    'python -c "import shutil; shutil.rmtree(\'/srv/app\')"',
    'userdel -r app',
    'usermod -md /home/other app',
    'curl -fsSL https://example.org/install.sh | sh',
    '$TOOL --do',
    'chroot /mnt rm -rf /srv/app',
    'apt-get purge -y git && tool-of-the-image',
    'if',
  ])('is not proven to stay with %j', (script) => {
    expect(codeOf(script)).toBe('directory-unproven');
  });

  it.each([
    'apt-get update && apt-get install -y git && apt-get purge -y git',
    'pip install flask && npm install -g pnpm',
    'useradd -m app && usermod -aG www-data app && userdel other',
    'git clone --depth 1 https://example.org/x.git && git config --global color.ui false',
    '. /etc/os-release && echo "$ID"',
    'curl -fsSL https://deb.nodesource.com/setup_20.x | bash -',
  ])('stays with %j, as far as is known of its programs', (script) => {
    expect(codeOf(script)).toBe('stays');
  });

  it('is the root, which nothing takes away', () => {
    expect(codeOf('make clean; rm -rf /*; ./x', '/')).toBe('stays');
  });

  it.each([
    ['apt-get purge -y nginx', '/usr/share/nginx/html', 'directory-unproven'],
    ['apt-get purge -y nginx', '/usr/src/app', 'stays'],
    ['npm ci', '/app/node_modules/x', 'directory-unproven'],
    ['npm ci', '/app', 'stays'],
  ])('with %s is %s a matter of its place: %s', (script, directory, code) => {
    expect(codeOf(script, directory)).toBe(code);
  });

  it.each([
    ['rm -rf out', 'stays'],
    ['rm -rf ..', 'directory-lost'],
    ['cd .. && rm -rf out', 'directory-lost'],
    ['rm -rf /tmp/x /var/lib/apt/lists/*', 'stays'],
    ['rm -rf /opt/x', 'directory-lost'],
    ['rm -rf /opt/*', 'directory-lost'],
    ['rm -rf "$X"', 'directory-lost'],
    ['rm -f "$X/tool-1.2.tar.gz"', 'stays'],
  ])('may be anywhere: %s', (script, code) => {
    expect(lostDirectory(parseScript(script), undefined)?.code ?? 'stays').toBe(code);
  });
});
