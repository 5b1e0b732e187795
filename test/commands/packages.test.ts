import { describe, expect, it } from 'vitest';
import { cachesEmptied, isCacheCleanup } from '../../src/commands/caches.js';
import { programOf } from '../../src/commands/program.js';
import { packageAction } from '../../src/commands/packages.js';
import { parseScript } from '../../src/shell/parse.js';
import type { Command } from '../../src/shell/types.js';

function command(text: string): Command {
  const [first] = parseScript(text).commands;
  if (first === undefined) throw new Error(`no command in ${text}`);
  return first;
}

describe('programOf', () => {
  it.each([
    ['sudo -E -u app /usr/bin/apt-get update', 'apt-get', ['sudo']],
    ['env A=b nice -n 5 make', 'make', ['env', 'nice']],
    ['timeout -k 5 10m npm ci', 'npm', ['timeout']],
    ['gosu app yarn', 'yarn', ['gosu']],
    ['sudo -- rm x', 'rm', ['sudo']],
    ['command -v yarn', 'command', []],
    ['sudo -v', 'sudo', []],
    ['env', 'env', []],
    ['sudo -Eu app npm ci', 'npm', ['sudo']],
    ['env - A=b -i C=d make -j 2', 'make', ['env']],
    ['env A=b', 'env', []],
    ['xargs rm', 'xargs', []],
    ['wait-for-it db:5432 -t 5 -- npm start', 'npm', ['wait-for-it']],
    ['wait-for-it db:5432', 'wait-for-it', []],
    ['newrelic-admin run-program node app.js', 'node', ['newrelic-admin']],
  ])('%s', (text, name, wrappers) => {
    expect(programOf(command(text))).toMatchObject({ name, wrappers });
  });

  it('reads the words of the exec form', () => {
    const program = programOf(['/usr/bin/nice', '-n', '10', 'node', '-r', '$X']);
    expect(program).toMatchObject({ name: 'node', word: 'node', args: ['-r', '$X'], wrappers: ['nice'] });
    expect(programOf([])).toBeUndefined();
  });

  it.each([
    ['bin/npm ci', true],
    ['./timeout 5 npm ci', true],
    ['sudo ./gradlew build', true],
    ['/usr/bin/env npm ci', false],
  ])('%s is a file of the project: %s', (text, local) => {
    expect(programOf(command(text))?.local).toBe(local);
  });

  it('does not know a name that is only there when the script runs', () => {
    expect(programOf(command('$PIP install x'))).toBeUndefined();
  });
});

describe('packageAction', () => {
  it.each([
    ['apt-get install -qqo Dpkg::Use-Pty=0 -t stable curl', 'apt', 'install', 'curl'],
    ['apk --no-cache add --virtual .deps gcc', 'apk', 'install', 'gcc'],
    ['yum -y update', 'yum', 'upgrade', ''],
    ['pacman -Syu --noconfirm git', 'pacman', 'install', 'git'],
    ['pacman -Syu --noconfirm', 'pacman', 'upgrade', ''],
    ['pacman -Sy', 'pacman', 'update', ''],
    ['pacman -Sccq', 'pacman', 'clean', ''],
    ['pacman -Qi git', 'pacman', 'other', 'git'],
    ['python3 -u -m pip install -r a.txt x', 'pip', 'install', 'x'],
    ['python3.11 -W ignore -um pip install x', 'pip', 'install', 'x'],
    ['uv --directory a pip install x', 'uv', 'install', 'x'],
    ['uv --no-cache pip install x', 'uv', 'install', 'x'],
    ['php /usr/bin/composer.phar install', 'composer', 'install', ''],
    ['bundle _2.4.1_ install', 'bundler', 'install', ''],
    ['corepack pnpm install', 'pnpm', 'install', ''],
    ['npm --omit dev ci', 'npm', 'install', ''],
    ['yarn', 'yarn', 'install', ''],
    ['yarn --version', 'yarn', 'other', ''],
    ['npm constructor', 'npm', 'other', ''],
  ])('%s', (text, manager, kind, operands) => {
    const action = packageAction(command(text));
    expect(action).toMatchObject({ manager, kind });
    expect(action?.operands.map((word) => word.text).join(' ')).toBe(operands);
  });

  it.each(['command -v yarn', 'echo npm ci', './apt-get-wrapper install', 'constructor'])(
    'finds none in %s',
    (text) => {
      expect(packageAction(command(text))).toBeUndefined();
    },
  );

  it('gives every value of an option', () => {
    const action = packageAction(command('pip install -ra.txt --requirement=b.txt -r c.txt'));
    expect(action?.options('-r', '--requirement')).toEqual(['a.txt', 'c.txt', 'b.txt']);
    expect(action?.option('-r')).toBe('a.txt');
  });
});

describe('cachesEmptied', () => {
  it.each([
    ['rm -rf /var/lib/apt/lists/*', ['apt-lists']],
    ['rm -rf /var/lib/apt/lists /tmp/x', ['apt-lists']],
    ['rm -rf /var/lib/apt/lists/*_*', ['apt-lists']],
    ['rm -rf /var/lib/{apt,dpkg}/', ['apt-lists']],
    ['find /var/lib/apt/lists -type f -delete', ['apt-lists']],
    ['rm -rf ~/.cache/pip', ['pip']],
    ['rm -rf "$HOME"/.npm', ['npm']],
    ['rm -rf "/home/${NB_USER}/.cache/yarn"', ['yarn']],
    ['yum -y clean all', ['rpm']],
    ['npm cache clean --force', ['npm']],
    ['rm -rf "/var/lib/apt/lists/*"', []],
    ['rm -rf /var/lib/apt/lists/partial', []],
    ['find /var/lib/apt/lists -name firmware', []],
    ['yum clean metadata', []],
    ['npm cache verify', []],
  ])('%s', (text, caches) => {
    expect(cachesEmptied(command(text))).toEqual(caches);
  });

  it.each([
    ['rm -rf /var/lib/apt/lists/* /var/cache/apt/archives', true],
    ['rm -rf /var/lib/apt/lists/partial', true],
    ['apt-get clean > /dev/null 2>&1', true],
    ['rm -rf /var/lib/apt/lists/* /app', false],
    ['rm -rf /var/cache/*', false],
    ['find /var/lib/apt/lists /app -delete', false],
    ['apt-get clean > /log', false],
    ['rm -rf /var/lib/{apt,dpkg}', false],
  ])('%s does nothing else: %s', (text, only) => {
    expect(isCacheCleanup(command(text))).toBe(only);
  });
});
