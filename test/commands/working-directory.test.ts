import { describe, expect, it } from 'vitest';
import { ignoresDirectory } from '../../src/commands/working-directory.js';
import { parseScript } from '../../src/shell/parse.js';

describe('ignoresDirectory', () => {
  it.each([
    'mkdir -pm 755 /srv/data',
    'install -m 600 /a /b',
    'chmod -x /srv/run.sh',
    'chmod 600 /srv/key',
    'sed -i -e s/a/b/ /etc/x',
    'sed -i s/a/b/ /etc/x',
    'stat -c %a /etc/x',
    'sudo ls /srv',
    'useradd -m app',
    'apt-get install -y git',
    'cd /srv && rm x',
  ])('%s', (text) => {
    expect(ignoresDirectory(parseScript(text))).toBe(true);
  });

  it.each([
    'mkdir -p data',
    'chmod -x run.sh',
    'chmod 600 key',
    'chmod --reference=/a /b',
    'cp -t/a b',
    'stat -f x',
    'ls',
    'sed -e s/a/b/ x',
    'sed s/a/b/ x',
    'sed -f script /x',
    './mkdir /x',
    './timeout 5 mkdir /x',
    'apt-key add key.asc',
    'apt-get install ./x.deb',
    'npm ci',
    'xargs rm /x',
  ])('depends on it: %s', (text) => {
    expect(ignoresDirectory(parseScript(text))).toBe(false);
  });
});
