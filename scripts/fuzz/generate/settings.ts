import { flags } from './flags.js';
import { json, one, type Kind, type Scene, type Written } from './scene.js';
import { USERS, WORDS } from './vocabulary.js';

export function arg({ random }: Scene): Written {
  return one(
    'ARG',
    random.pick([
      'A',
      'A=1',
      'BASE=debian',
      'VERSION=20',
      'B="b c"',
      'A B=2 C',
      'DEBIAN_FRONTEND=noninteractive',
      'BASE',
      'TARGETARCH',
      'A=$B',
      'E=',
    ]),
  );
}

export function env({ random }: Scene): Written {
  const pair = (): string =>
    `${random.pick(['A', 'B', 'PATH', 'HOME', 'NODE_ENV', 'DEBIAN_FRONTEND'])}=${random.pick(WORDS)}`;
  return one(
    'ENV',
    random.pick([
      () => random.pick(['A b c', 'PATH /x:$PATH', 'B  "b  c"']),
      pair,
      pair,
      () => `${pair()} ${pair()}`,
    ])(),
  );
}

export function label({ random }: Scene): Written {
  return one(
    'LABEL',
    random.pick(['a=b', 'a b c', '"com.example.x"="y z" b=c', 'a=$A', "maintainer='x y'", 'a.b-c=""']),
  );
}

function commandLine(scene: Scene): string {
  const { random } = scene;
  return random.pick([
    () =>
      json(
        random.pick([
          ['node', 'server.js'],
          ['python', 'app.py'],
          ['nginx', '-g', 'daemon off;'],
          ['./run.sh'],
          ['npm', 'start'],
          ['sh', '-c', 'exec app'],
          [],
        ]),
      ),
    () =>
      random.pick([
        'node server.js',
        'npm start',
        'exec app "$@"',
        'python -m http.server 8080',
        'service x start && tail -f /dev/null',
        '["node", bad]',
        "['single']",
      ]),
  ])();
}

export function healthcheck(scene: Scene): Written {
  const { random } = scene;
  if (random.chance(20)) return one('HEALTHCHECK', random.pick(['NONE', 'none']));
  const before = flags(
    scene,
    40,
    () => '--interval=30s',
    () => '--timeout=3s',
    () => '--start-period=5m',
    () => '--start-interval=1s',
    () => '--retries=3',
  );
  return one(
    'HEALTHCHECK',
    `${before}CMD ${random.pick(['curl -f http://localhost/ || exit 1', '["/bin/check"]', 'test -f /x'])}`,
  );
}

export function shell({ random }: Scene): Written {
  return one(
    'SHELL',
    json(
      random.pick([
        ['/bin/bash', '-c'],
        ['/bin/bash', '-o', 'pipefail', '-c'],
        ['/bin/bash', '-euxo', 'pipefail', '-c'],
        ['/bin/sh', '-ec'],
        ['bash', '-lc'],
        ['/bin/ash', '-eo', 'pipefail', '-c'],
        ['powershell', '-Command'],
        ['cmd', '/S', '/C'],
        ['/usr/bin/python3', '-c'],
      ]),
    ),
  );
}

export const user: Kind = ({ random }) => one('USER', random.pick(USERS));
export const workdir: Kind = ({ random }) =>
  one('WORKDIR', random.pick(['/app', '/', 'sub', '$HOME', '"/a b"', '/srv/$A', 'C:\\\\app', '../x', '/app/']));
export const command: Kind = (scene) => one('CMD', commandLine(scene));
export const entrypoint: Kind = (scene) => one('ENTRYPOINT', commandLine(scene));
export const expose: Kind = ({ random }) =>
  one('EXPOSE', random.pick(['80', '8080/tcp 53/udp', '$PORT', '3000-3010', '80 443']));
export const volume: Kind = ({ random }) =>
  one('VOLUME', random.pick(['/data', '["/data", "/var/log"]', '/a /b', '${DATA:-/d}', '/var/lib/apt/lists', '/app']));
export const stopsignal: Kind = ({ random }) => one('STOPSIGNAL', random.pick(['SIGTERM', '9', '${SIGNAL:-SIGINT}']));
export const maintainer: Kind = ({ random }) => one('MAINTAINER', random.pick(['Jo <jo@example.com>', '"Jo"']));
