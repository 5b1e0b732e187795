import type { Random } from '../random.js';

const PACKAGES = [
  'git',
  'curl',
  'build-essential',
  'ca-certificates',
  'gosu',
  '"g++"',
  'python3=3.11.*',
  '$PACKAGES',
  '${EXTRA}',
];
const PLACES = ['/app', '/tmp', '/srv/x', '/opt/tool', '"/opt/a b"', '$HOME', '~', '../lib', 'build'];
const FILES = [
  '/app/run.sh',
  'package.json',
  '/etc/app.conf',
  '*.tar.gz',
  './bin/tool',
  '"$FILE"',
  '/usr/local/bin/tool',
];

/** In each, `PKG`, `DIR` and `FILE` become one of the above. */
const INSTALLS = [
  'apt-get update',
  'apt-get -qq update',
  'apt update -y',
  'apt-get install -y PKG PKG',
  'apt-get install -y --no-install-recommends PKG',
  'apt-get -y -q install PKG PKG',
  'apt install PKG',
  'apt-get dist-upgrade -y',
  'apt-get purge -y --auto-remove PKG',
  'apt-get clean',
  'rm -rf /var/lib/apt/lists/*',
  'DEBIAN_FRONTEND=noninteractive apt-get install -yq PKG',
  'dpkg -i FILE',
  'add-apt-repository -y ppa:x/y',
  'apk add PKG',
  'apk add --no-cache PKG',
  'apk update',
  'apk --update add PKG PKG',
  'apk add --virtual .build PKG',
  'apk del .build',
  'rm -rf /var/cache/apk/*',
  'yum install -y PKG',
  'yum clean all',
  'dnf -y install PKG',
  'microdnf install PKG',
  'zypper --non-interactive install PKG',
  'pacman -Syu --noconfirm PKG',
  'pip install -r requirements.txt',
  'pip3 install --no-cache-dir PKG',
  'python -m pip install --upgrade pip',
  'pip install .',
  'poetry install --no-root',
  'uv sync --frozen',
  'npm ci',
  'npm install',
  'npm install -g PKG',
  'npm run build',
  'npm cache clean --force',
  'yarn',
  'yarn install --frozen-lockfile',
  'yarn cache clean',
  'pnpm install --prod',
  'corepack enable',
  'composer install --no-dev',
  'bundle install',
  'gem install PKG',
  'go mod download',
  'go build -o /bin/app ./...',
  'cargo build --release',
  'mvn -B package',
  './gradlew build',
  'conda install -y PKG',
  'dotnet restore',
];

const WORK = [
  'make',
  'make -j"$(nproc)" install',
  'true',
  ':',
  'echo done',
  'echo "a b" > FILE',
  "echo 'it # is' >> FILE",
  'printf "%s\\n" a b | tee FILE',
  'mkdir -p DIR',
  'mkdir DIR DIR',
  'touch FILE',
  'rm -rf DIR',
  'cp -r DIR DIR',
  'mv FILE DIR',
  'ln -s FILE DIR/link',
  'chmod +x FILE',
  'chown -R app:app DIR',
  'useradd -m app',
  'groupadd -r app && useradd -r -g app app',
  'adduser -D app',
  'usermod -aG sudo app',
  'curl -fsSL https://example.com/a.tar.gz | tar xz -C DIR',
  'curl -o FILE https://example.com/x',
  'wget -q https://example.com/x.sh -O FILE',
  'git clone https://example.com/x.git DIR',
  'tar xzf FILE',
  'unzip FILE -d DIR',
  "sed -i 's/a/b/' FILE",
  'find DIR -name "*.pyc" -delete',
  'grep -q x FILE',
  'ldconfig',
  'test -f FILE',
  '[ -d DIR ]',
  'sleep 1',
  'bash -c "make check"',
  'sh FILE',
  'python -c "print(1)"',
  'su app -c "make"',
  'env A=1 make',
  'service app start',
  'xargs -a FILE apt-get install -y',
  'pkill app',
  'rm FILE',
];

const STATE = [
  'cd DIR',
  'cd -',
  'cd',
  'A=1',
  'A=$(uname -m)',
  'PATH=$PATH:DIR',
  'export A=1 B="2 3"',
  'export PATH="$PATH:/x"',
  'unset A',
  'set -e',
  'set -eux',
  'set +x',
  'set -o pipefail',
  'umask 077',
  'exit 0',
  'exit',
  'exec make',
  '. FILE',
  'source FILE',
  'eval "$A"',
  'trap "rm -f FILE" EXIT',
  'alias ll=ls',
  'shopt -s globstar',
  'ulimit -n 100',
  'readonly A',
  'f() { make; }',
];

/** `X` and `Y` become simple commands. */
const NESTED = [
  '(X && Y)',
  '(cd DIR && X)',
  '{ X; Y; }',
  'if X; then Y; fi',
  'if [ "$A" = 1 ]; then X; else Y; fi',
  'for i in a b "c d"; do X; done',
  'while X; do Y; break; done',
  'until X; do sleep 1; done',
  'case "$A" in x86_64) X ;; *) Y ;; esac',
  'f() { X; }; f',
  '! X',
  'X | Y',
  'X | Y || true',
  'X || exit 1',
  'X || (Y; exit 1)',
  'A="$(X)" && Y',
  'echo "$(X; Y)"',
  'echo `X`',
  'X > /dev/null 2>&1',
  'X >> FILE 2>&1',
  'X < FILE',
  'X & Y',
  'X &',
  'time X',
  '[[ $A == b* ]] && X',
  '((A++)) || X',
  'X <(Y)',
  'X <<< "$A"',
  'test "$A" && X || Y',
  '{ X; } 2> FILE',
];

const GLUES = [' && ', ' && ', ' && ', ' && ', '; ', ' ; ', ' || ', ' | ', '&&', ' & '];

/** A line of shell: mostly commands that must all succeed. */
export function scriptLine(random: Random, most = 4): string {
  const parts = Array.from({ length: 1 + random.below(most) }, () => command(random));
  const glue = random.chance(70) ? ' && ' : undefined;
  const line = parts.reduce((left, right) => left + (glue ?? random.pick(GLUES)) + right);
  return random.chance(5) ? line + random.pick([' # why', ';', ' ;', ' &', ' &&', ' |', ' \\']) : line;
}

function command(random: Random): string {
  const kind = random.below(100);
  if (kind < 45) return filled(random, random.pick(INSTALLS));
  if (kind < 75) return filled(random, random.pick(WORK));
  if (kind < 85) return filled(random, random.pick(STATE));
  return filled(
    random,
    random.pick(NESTED).replace(/\b[XY]\b/g, () => random.pick(random.chance(60) ? WORK : INSTALLS)),
  );
}

function filled(random: Random, template: string): string {
  return template
    .replace(/\bPKG\b/g, () => random.pick(PACKAGES))
    .replace(/\bDIR\b/g, () => random.pick(PLACES))
    .replace(/\bFILE\b/g, () => random.pick(FILES));
}
