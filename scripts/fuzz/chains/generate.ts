import { randomSource, type Random } from '../random.js';

/** Each is a stand-in that logs how it was called and fails when it is its turn. */
export const PROGRAMS = [
  'apt-get',
  'apt',
  'apk',
  'yum',
  'pip',
  'npm',
  'make',
  'curl',
  'git',
  'tar',
  'mkdir',
  'touch',
  'rm',
  'cp',
  'mv',
  'ln',
  'chmod',
  'chown',
  'useradd',
  'groupadd',
  'sed',
  'ldconfig',
  'check',
];

const CALLS = [
  'apt-get update',
  'apt-get update -qq',
  'apt-get install -y git',
  'apt-get install -y --no-install-recommends curl "g++"',
  'apt-get clean',
  'apt-get purge -y --auto-remove git',
  'apt update',
  'apt install -y git',
  'apk update',
  'apk add git',
  'apk add --no-cache curl',
  'yum install -y git',
  'yum clean all',
  'pip install flask',
  'npm ci',
  'npm cache clean --force',
  'make',
  'make -C /usr install',
  'make "$SEEN"',
  'curl -fsSL -o /srv/a.tar https://example.com/a.tar',
  'git clone https://example.com/a.git /srv/a',
  'tar xf /srv/a.tar -C /srv',
  'mkdir -p /srv/a',
  'mkdir /srv/b',
  'mkdir -p out/lib',
  'touch out/x',
  'rm -rf out',
  'cp -r /srv/a out',
  'touch /srv/a/x',
  'rm -rf /srv/a',
  'rm -rf /var/lib/apt/lists/*',
  'rm /srv/a.tar',
  'cp -r /srv/a /srv/b',
  'mv /srv/a /srv/c',
  'ln -s /srv/a /srv/d',
  'chmod 755 /srv/a',
  'chown -R app:app /srv/a',
  'useradd -m app',
  'groupadd app',
  'sed -i s/a/b/ /srv/a/x',
  'ldconfig',
  'check a "b c"',
  'check $SEEN',
  "check 'it is'",
];

const STATE = [
  'cd /usr',
  'cd /',
  'cd /tmp',
  'cd lib',
  'cd ..',
  'cd -',
  'cd /nowhere',
  'SEEN=here',
  'SEEN="$SEEN more"',
  'export SEEN=exported',
  'unset SEEN',
  'export OTHER=1',
  'set -e',
  'set -ex',
  'set -u',
  'set +e',
  'umask 077',
  'true',
  'false',
  ':',
  'exit 0',
  'exit 3',
  'echo text > /dev/null',
  'test -d /usr',
  '[ "$SEEN" = here ]',
  'command cd /usr',
  'eval "SEEN=x"',
  'f() { make; }',
  'trap "check end" EXIT',
  'exec make',
  'shift',
  'IFS=,',
  'readonly SEEN',
];

/** `X` and `Y` become calls. Never two of them at once: the order of what is logged would be chance. */
const NESTED = [
  '(X && Y)',
  '(X; Y)',
  '(X || Y)',
  '(cd /usr && X)',
  '(set -e; X; Y)',
  '(SEEN=inner; X)',
  '{ X; Y; }',
  '{ X && Y; }',
  '{ X || Y; }',
  'if X; then Y; fi',
  'if X; then Y; else check else; fi',
  'if X; Y; then check both; fi',
  'for SEEN in 1 "2 3"; do X; done',
  'for i in 1 2; do X || Y; done',
  'for i in 1 2; do X || exit 4; done',
  'while X; do Y; break; done',
  'until X; do break; done',
  'case "$SEEN" in here) X ;; *) Y ;; esac',
  'f() { X; Y; }; f',
  '! X',
  '! (X; Y)',
  'X | cat',
  ': | X',
  ': | (X; Y)',
  'X || true',
  'X || exit 5',
  'X && Y || check neither',
  'X || Y && check either',
  'check "$(X; Y)"',
  'SEEN=$(X)',
  'SEEN=$(X; Y)',
  'SEEN="$(X)" && Y',
  'SEEN=before X',
  'X > /dev/null 2>&1',
  '{ X; Y; } 2> /dev/null',
  'cd /usr && X',
  'cd /usr; X',
  'cd /usr && X && cd - && Y',
  'cd /usr && X; Y',
  'set -e; X; Y',
  'set -x && X',
  'test -n "$SEEN" && X',
  'X; :',
  'X && set -e; Y',
  'eval "X"',
];

const GLUES = [' && ', ' && ', ' && ', ' && ', ' && ', '; ', ' || '];
const BETWEEN = ['ENV SEEN=env', 'WORKDIR /usr', 'WORKDIR lib', 'USER root', 'ARG OTHER', 'LABEL a=b'];
const SHELLS = [
  '["/bin/sh", "-ec"]',
  '["/bin/bash", "-c"]',
  '["/bin/bash", "-o", "pipefail", "-c"]',
  '["/bin/bash", "-euo", "pipefail", "-c"]',
];

/** A Dockerfile whose neighbouring RUNs could be joined. */
export function generateChain(seed: number): string {
  const random = randomSource(seed);
  const lines = ['FROM debian:12', `WORKDIR ${random.pick(['/', '/tmp', '/usr'])}`];
  if (random.chance(30)) lines.push('ENV SEEN=env');
  if (random.chance(25)) lines.push(`SHELL ${random.pick(SHELLS)}`);
  for (let count = 2 + random.below(4); count > 0; count--) {
    lines.push(random.chance(6) ? `RUN <<EOF\n${script(random)}\n${script(random)}\nEOF` : `RUN ${script(random)}`);
    if (random.chance(6)) lines.push(random.pick(BETWEEN));
  }
  return `${lines.join('\n')}\n`;
}

function script(random: Random): string {
  const parts = Array.from({ length: 1 + random.below(3) }, () => part(random));
  const line = parts.reduce((left, right) => left + random.pick(GLUES) + right);
  return random.chance(6) ? `${line};` : line;
}

function part(random: Random): string {
  const kind = random.below(100);
  if (kind < 60) return random.pick(CALLS);
  if (kind < 75) return random.pick(STATE);
  return random.pick(NESTED).replace(/\b[XY]\b/g, () => random.pick(CALLS));
}
