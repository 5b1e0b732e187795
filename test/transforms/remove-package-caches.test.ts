import { describe, expect, it } from 'vitest';
import { fix } from '../../src/engine/fix.js';
import { memoryContext } from '../../src/facts/context/memory.js';
import { shippedImages } from '../../src/facts/images/shipped.js';
import { removePackageCaches } from '../../transforms/remove-package-caches/remove-package-caches.js';

const LISTS = 'rm -rf /var/lib/apt/lists/*';
type Files = Readonly<Record<string, string>>;

/** Whether the apt lists go, in a file that fetches them and then does this. */
function cleans(later: string, files: Files = {}): boolean {
  const text = `FROM debian:12 AS base\nRUN apt-get update && apt-get install -y tree\n${later}\n`;
  const context = memoryContext({ Dockerfile: text, ...files });
  const facts = { context, images: shippedImages() };
  return fix(text, { transforms: [removePackageCaches], facts, level: 'safe' }).after.includes(
    `install -y tree && ${LISTS}`,
  );
}

/** Each uses the lists; with one fact changed, it does not. */
const PAIRS: readonly (readonly [kind: string, uses: string, leaves: string, uses?: Files, leaves?: Files])[] = [
  ['bash -c', 'RUN bash -c "apt-get install -y jq"', 'RUN bash -c "pip install jq"'],
  ['sh -ec', "RUN sh -ec 'cd /tmp; apt install -y jq'", "RUN sh -ec 'cd /tmp; curl -o jq https://example.com/jq'"],
  ['su -c', "RUN su -c 'apt-get install -y jq' root", "RUN su -c 'npm install -g jq' app"],
  ['su - user -c', 'RUN su - root -c "apt-get -y install jq"', 'RUN su - root -c "apt-get -y remove jq"'],
  ['sudo -E bash -c', "RUN sudo -E bash -c 'apt-get install -y jq'", "RUN sudo -E bash -c 'apt-get clean'"],
  ['eval', 'RUN eval "apt-get install -y jq"', 'RUN eval "apt-get purge -y tree"'],
  ['xargs', 'RUN echo jq bc | xargs apt-get install -y', 'RUN echo jq bc | xargs pip install'],
  ['xargs with options', 'RUN xargs -a /p -n 1 apt-get install -y', 'RUN xargs -a /p -n 1 gem install'],
  ['find -exec', "RUN find /debs -name '*.deb' -exec apt-get install -y {} +", "RUN find /debs -exec chmod 644 {} ';'"],
  ['chroot', 'RUN chroot / apt-get install -y jq', 'RUN chroot / ls'],
  ['retry', 'RUN retry -t 3 apt-get install -y jq', 'RUN retry -t 3 pip install jq'],
  ['env -S', 'RUN env -S "apt-get install -y jq"', 'RUN env -S "mkdir /data"'],
  ['a copy of a folder around them', 'RUN tar czf /v.tgz /var/lib', 'RUN tar czf /v.tgz /opt'],
  ['a health check', 'HEALTHCHECK CMD apt-get -s upgrade', 'HEALTHCHECK CMD ["curl", "http://localhost"]'],
  [
    'an update in another root',
    'RUN chroot /r apt-get update && apt-get install -y jq',
    'RUN chroot /r mkdir /x && mkdir /y',
  ],
  ['a wrapper', 'RUN env A=b nice -n 5 apt-get install -y jq', 'RUN env A=b nice -n 5 tar xf /a.tar'],
  ['a variable of ENV', 'ENV GET="apt-get install -y"\nRUN $GET jq', 'ENV GET="pip install"\nRUN $GET jq'],
  ['a variable of ARG', 'ARG GET=apt-get\nRUN $GET install -y jq', 'ARG GET=gem\nRUN $GET install jq'],
  ['a variable of the script', 'RUN G="apt-get install -y"; $G jq', 'RUN G="npm install -g"; $G jq'],
  ['a variable in a script', 'ENV P=jq\nRUN sh -c "apt-get install -y $P"', 'ENV P=jq\nRUN sh -c "pip install $P"'],
  ['a heredoc', 'RUN <<EOF\nset -e\napt-get install -y jq\nEOF', 'RUN <<EOF\nset -e\npip install jq\nEOF'],
  ['a heredoc for a shell', 'RUN bash <<EOF\napt-get install -y jq\nEOF', 'RUN bash <<EOF\nmkdir /data\nEOF'],
  ['a heredoc for Python', 'RUN python3 <<EOF\nrun("apt-get install jq")\nEOF', 'RUN python3 <<EOF\nprint(1)\nEOF'],
  ['a function', 'RUN add() { apt-get install -y "$@"; }; add jq', 'RUN add() { pip install "$@"; }; add jq'],
  ['a pipe into a shell', 'RUN echo apt-get install -y jq | sh', 'RUN echo mkdir /data | sh'],
  ['the exec form', 'RUN ["apt-get", "install", "-y", "jq"]', 'RUN ["mkdir", "/data"]'],
  ['an unread download', 'RUN curl https://example.com/x.sh | sh', 'RUN curl https://sh.rustup.rs | sh -s -- -y'],
  ['an unknown program', 'RUN frobnicate', 'RUN mkdir /data'],
  ['a folder of the lists', 'RUN ls /var/lib/apt/lists', 'RUN ls /var/lib/dpkg'],
  ['a redirection of a list', 'RUN wc -l < /var/lib/apt/lists/lock', 'RUN wc -l < /etc/passwd'],
  ['apt-cache', 'RUN apt-cache policy jq', 'RUN dpkg -l'],
  ['a substitution', 'RUN V=$(apt-cache madison jq) && echo $V', 'RUN V=$(dpkg -s tree) && echo $V'],
  ['apt list', 'RUN apt list --installed', 'RUN apt --version'],
  ['a download by apt-get', 'RUN apt-get download jq', 'RUN curl -O https://example.com/jq.deb'],
  ['apt-file', 'RUN apt-get update && apt-get install -y apt-file', 'RUN apt-get update && apt-get install -y file'],
  ['a set-up tool', 'RUN rosdep install -y --from-paths src', 'RUN rosdep init'],
  [
    'an update of one source alone',
    'RUN apt-get update -o Dir::Etc::sourcelist=a.list && apt-get install -y jq',
    'RUN apt-get update -qq && apt-get install -y jq',
  ],
  [
    'an update that may not run',
    'RUN if [ -e /x ]; then apt-get update; fi; apt-get install -y jq',
    'RUN if [ -e /x ]; then apt-get update && apt-get install -y jq; fi',
  ],
  ['an update after ||', 'RUN test -e /x || apt-get update; apt-get install -y jq', 'RUN test -e /x || mkdir /x'],
  ['a stage built FROM it', 'FROM base\nRUN apt-get install -y jq', 'FROM base\nRUN mkdir /data'],
  ['a copy of them', 'FROM base\nCOPY --from=0 /var/lib/apt /lists', 'FROM base\nCOPY --from=0 /etc/os-release /o'],
  ['ONBUILD', 'ONBUILD RUN apt-get install -y jq', 'ONBUILD RUN mkdir /data'],
  ['the start command', 'CMD apt-get install -y jq', 'CMD exec sleep 5'],
  ['the start command in exec form', 'CMD ["sh", "-c", "apt-cache show jq"]', 'CMD ["sh", "-c", "dpkg -l"]'],
  [
    'an entry point with its command',
    'ENTRYPOINT ["bash", "-c"]\nCMD ["apt install jq"]',
    'ENTRYPOINT ["bash", "-c"]\nCMD ["ls"]',
  ],
  ['an unknown start command', 'CMD ["frobnicate"]', 'CMD ["nginx", "-g", "daemon off;"]'],

  ...script('a script', 'COPY s.sh /\nRUN sh /s.sh'),
  ...script('a script that runs itself', 'COPY s.sh /opt/\nRUN /opt/s.sh'),
  ...script('a script in the working directory', 'WORKDIR /a\nCOPY . .\nRUN ./s.sh'),
  ...script('a script after cd', 'COPY . /build\nRUN cd /build && ./s.sh'),
  ...script('a script after cd and back', 'COPY . /build\nRUN cd /build/x && cd .. && sh s.sh'),
  ...script('a script of a mount', 'RUN --mount=type=bind,target=/c sh /c/s.sh'),
  ...script('a script by its own name', 'COPY s.sh /s\nRUN sed -i s/a/b/ /etc/x && /s'),
  ...script('a service', 'COPY . /etc/supervisor/\nCMD ["supervisord"]'),
  ...script('a sourced script', 'COPY s.sh /\nRUN . /s.sh'),
  ...script('a script in PATH', 'COPY s.sh /usr/local/bin/tools\nRUN tools'),
  ...script('a script in a folder of PATH', 'ENV PATH=/t:$PATH\nCOPY s.sh /t/tools\nRUN tools'),
  ...script('a script of another stage', 'FROM base\nCOPY s.sh /\nCMD ["/s.sh"]'),
  ...script('a start script', 'COPY s.sh /start\nENTRYPOINT ["/start"]'),
  ...script('a start script in shell form', 'COPY s.sh /start.sh\nCMD bash /start.sh --now'),
  ...script('a script in a variable', 'ENV S=/s.sh\nCOPY s.sh /\nRUN sh $S'),
  [
    'a script that calls another',
    'COPY . /\nRUN /a.sh',
    'COPY . /\nRUN /a.sh',
    { 'a.sh': '. ./b.sh', 'b.sh': 'apt-get install -y jq' },
    { 'a.sh': '. ./b.sh', 'b.sh': 'A=1' },
  ],
  [
    'an entry point that hands over',
    'COPY e.sh /\nENTRYPOINT ["/e.sh"]\nCMD ["apt-get", "install", "jq"]',
    'COPY e.sh /\nENTRYPOINT ["/e.sh"]\nCMD ["sleep", "5"]',
    { 'e.sh': 'set -e\nexec "$@"' },
    { 'e.sh': 'set -e\nexec "$@"' },
  ],
  [
    'a heredoc as a file',
    'COPY <<EOF /usr/local/bin/more\napt-get install -y jq\nEOF\nRUN more',
    'COPY <<EOF /usr/local/bin/more\nmkdir /data\nEOF\nRUN more',
  ],
  [
    'a wrapper that a RUN writes',
    "RUN echo 'apt-get install -y $1' > /usr/bin/add\nRUN add jq",
    "RUN echo 'gem install $1' > /usr/bin/add\nRUN add jq",
  ],
  ['make', 'COPY Makefile .\nRUN make deps', 'COPY Makefile .\nRUN make all', MAKEFILE(), MAKEFILE()],
  [
    'make in a folder',
    'COPY . /s\nRUN make -C /s',
    'COPY . /s\nRUN make -C /s',
    { Makefile: 'all:\n\tapt-get install -y jq\n' },
    { Makefile: 'all:\n\tcc -o a a.c\n' },
  ],
  ['make without its file', 'RUN make bootstrap', 'RUN make && make install'],
  [
    'npm run',
    'COPY package.json .\nRUN npm run deps',
    'COPY package.json .\nRUN npm run build',
    PACKAGE('deps'),
    PACKAGE('deps'),
  ],
  [
    'npm install',
    'COPY package.json .\nRUN npm install',
    'COPY package.json .\nRUN npm install',
    PACKAGE('postinstall'),
    PACKAGE('deps'),
  ],
  [
    'npm start',
    'COPY package.json .\nCMD ["npm", "start"]',
    'COPY package.json .\nCMD ["npm", "start"]',
    PACKAGE('prestart'),
    PACKAGE('deps'),
  ],
  [
    'Python',
    'COPY x.py .\nRUN python x.py',
    'COPY x.py .\nRUN python x.py',
    { 'x.py': 'run(["apt-get", "install", "jq"])' },
    { 'x.py': 'print(1)' },
  ],
  [
    'a module of Python',
    'COPY . .\nCMD ["python", "x.py"]',
    'COPY . .\nCMD ["python", "x.py"]',
    { 'x.py': 'import y', 'y.py': 'os.system("apt install jq")' },
    { 'x.py': 'import y', 'y.py': 'A = 1' },
  ],
  [
    'a script that Python calls',
    'COPY . .\nCMD ["python", "x.py"]',
    'COPY . .\nCMD ["python", "x.py"]',
    { 'x.py': 'run("./s.sh")', 's.sh': 'apt-get install jq' },
    { 'x.py': 'run()', 's.sh': 'apt-get install jq' },
  ],
  [
    'Ansible',
    'COPY . .\nRUN ansible-playbook p.yml',
    'COPY . .\nRUN ansible-playbook p.yml',
    { 'p.yml': '- tasks:\n  - package: name=jq' },
    { 'p.yml': '- tasks:\n  - copy: src=a' },
  ],
];

function script(kind: string, later: string): typeof PAIRS {
  return [
    [kind, later, later, { 's.sh': '#!/bin/sh\napt-get install -y jq\n' }, { 's.sh': '#!/bin/sh\nmkdir -p /data\n' }],
  ];
}

function MAKEFILE(): Files {
  return { Makefile: 'all: a.o\n\tcc -o a a.o\na.o:\n\tcc -c a.c\ndeps:\n\tapt-get install -y jq\n' };
}

function PACKAGE(script: string): Files {
  return {
    'package.json': JSON.stringify({
      scripts: { [script]: 'apt-get install -y jq', build: 'tsc', start: 'node a.js' },
    }),
  };
}

describe('apt lists', () => {
  const pairs = PAIRS.map(([kind, uses, leaves, filesOfUses = {}, filesOfLeaves = {}]) => ({
    kind,
    uses: [uses, filesOfUses] as const,
    leaves: [leaves, filesOfLeaves] as const,
  }));

  it.each(pairs)('are used by $kind, and by its twin they are not', ({ uses, leaves }) => {
    expect([cleans(...uses), cleans(...leaves)]).toEqual([false, true]);
  });

  it.each<[string, boolean]>([
    ['.gitlab-ci.yml', true],
    ['.github/workflows/test.yml', true],
    ['.travis.yml', true],
    ['azure-pipelines-nightly.yml', true],
    ['README.md', true],
    ['scripts/dev.sh', true],
    ['tasks.yml', false],
    ['main.go', false],
  ])('beside a program that is built: %s that names apt lets them go: %s', (path, go) => {
    const files = { 'main.go': '', tool: 'mkdir /x', [path]: 'apt-get install jq' };
    expect(cleans('COPY . .\nRUN ./tool\nCMD ["go", "run", "."]', files)).toBe(go);
  });

  it('are wanted where a RUN does nothing but update them', () => {
    const facts = { context: undefined, images: shippedImages() };
    const text = 'FROM debian:12\nRUN apt-get update\nCMD ["bash"]\n';
    expect(fix(text, { transforms: [removePackageCaches], facts, level: 'safe' }).after).toBe(text);
  });
});

/** What a file becomes, as the lines that it did not have. */
function added(text: string, files: Files = {}): string {
  const context = memoryContext({ Dockerfile: text, ...files });
  const facts = { context, images: shippedImages() };
  const { after } = fix(text, { transforms: [removePackageCaches], facts, level: 'safe' });
  const before = text.split('\n');
  return after
    .split('\n')
    .filter((line) => !before.includes(line))
    .join('\n');
}

const NODE = 'FROM node:22\nCOPY package.json .\n';
const DOTTED = '--mount=type=cache,target=';

describe('a cache', () => {
  it.each([
    [
      'an install from the cache later',
      `${NODE}RUN npm ci\nRUN npm rebuild --offline`,
      `${NODE}RUN npm ci\nRUN npm rebuild`,
    ],
    [
      'a start that prefers the cache',
      `${NODE}RUN npm ci\nCMD ["npx", "--prefer-offline", "x"]`,
      `${NODE}RUN npm ci\nCMD ["npx", "x"]`,
    ],
    [
      'a second install',
      `${NODE}RUN npm i -g pnpm && npm -v\nRUN --network=none npm ci --cache /c`,
      `${NODE}RUN npm i -g pnpm && npm -v\nRUN npm run build`,
    ],
    [
      'a folder set by ENV',
      `${NODE}ENV npm_config_cache=/c\nRUN npm ci`,
      `${NODE}ENV npm_config_loglevel=error\nRUN npm ci`,
    ],
    [
      'a folder set by a command',
      `${NODE}RUN npm config set cache /c\nRUN npm ci`,
      `${NODE}RUN npm config set color false\nRUN npm ci`,
    ],
    [
      'a folder of its settings',
      `${NODE}RUN npm config set cache /c && npm ci`,
      `${NODE}RUN npm config set color no && npm ci`,
    ],
    [
      'an install at the start',
      `${NODE}RUN npm ci\nCMD npm install && node .`,
      `${NODE}RUN npm ci\nCMD npm -v && node .`,
    ],
    ['a folder of XDG', `${NODE}ENV XDG_CACHE_HOME=/c\nRUN npm ci`, `${NODE}ENV XDG_DATA_HOME=/c\nRUN npm ci`],
    [
      'a mount that may be the cache',
      `${NODE}RUN ${DOTTED}/src/.npm npm ci`,
      `${NODE}RUN ${DOTTED}/root/.cache/pip npm ci`,
    ],
    ['another account', `${NODE}RUN sudo -u app npm ci`, `${NODE}RUN sudo npm ci`],
    ['npm that replaces itself', `${NODE}RUN npm i -g npm@latest`, `${NODE}RUN npm i -g pnpm@latest`],
    ['a version manager', `${NODE}RUN npm i -g n && n 22 && npm i -g yarn`, `${NODE}RUN npm i -g n && npm i -g yarn`],
    [
      'npm that goes in a condition',
      `${NODE}RUN npm ci; if true; then rm -rf /usr/local/lib/node_modules/npm; fi`,
      `${NODE}RUN npm ci; if true; then rm -rf /tmp/x; fi`,
    ],
    [
      'a folder of Composer',
      'FROM php:8.4\nENV COMPOSER_CACHE_DIR=/c\nRUN composer install',
      'FROM php:8.4\nENV COMPOSER_ALLOW_SUPERUSER=1\nRUN composer install',
    ],
    [
      'an old pip',
      'FROM ubuntu:14.04\nRUN apt-get install -y python-pip && pip install x',
      'FROM ubuntu:24.04\nRUN apt-get install -y python-pip && pip install x',
    ],
    [
      'a mount for pip',
      `FROM python:3\nRUN ${DOTTED}/cache pip install x`,
      `FROM python:3\nRUN ${DOTTED}/root/.npm pip install x`,
    ],
    [
      'an install from wheels',
      'FROM python:3\nRUN pip install x\nCMD pip install --no-index y',
      'FROM python:3\nRUN pip install x\nRUN pip list',
    ],
    [
      '--no-cache, shortened',
      'FROM python:3\nRUN pip install --no-cache x',
      'FROM python:3\nRUN pip install --no-color x',
    ],
    ['an old apk', 'FROM alpine:3.2\nRUN apk add curl', 'FROM alpine:3.20\nRUN apk add curl'],
    [
      'apk without network',
      'FROM alpine:3.20\nRUN apk add --no-network curl',
      'FROM alpine:3.20\nRUN apk add --no-progress curl',
    ],
    [
      'a search of the index',
      'FROM alpine:3.20\nRUN apk update && apk add curl\nRUN apk search git',
      'FROM alpine:3.20\nRUN apk update && apk add curl\nRUN apk del git',
    ],
    [
      'dist-clean',
      'FROM debian:13\nRUN apt-get update && apt-get install -y git && apt-get dist-clean',
      'FROM debian:13\nRUN apt-get update && apt-get install -y git && apt-get clean',
    ],
    [
      'dnf from its cache',
      'FROM fedora:40\nRUN dnf -y install git\nCMD ["dnf", "-C", "install", "make"]',
      'FROM fedora:40\nRUN dnf -y install git\nRUN dnf -y remove make',
    ],
    ['nothing installed', `${NODE}RUN npm run build`, `${NODE}RUN npm ci && npm run build`],
  ])('stays for %s, and for its twin it does not', (_, kept, emptied) => {
    expect([added(kept), added(emptied) !== '']).toEqual(['', true]);
  });

  it.each([
    [
      'microdnf',
      'FROM rhel:9\nRUN microdnf update -y && microdnf remove -y microdnf rpm',
      'microdnf update -y && microdnf clean all && microdnf remove',
    ],
    [
      'npm',
      `${NODE}RUN npm ci && rm -rf /usr/local/lib/node_modules/npm`,
      'npm ci && npm cache clean --force && rm -rf',
    ],
    [
      'Node.js of apk',
      'FROM alpine:3.20\nRUN apk add --no-cache --virtual .b npm && npm ci && apk del .b',
      'npm ci && npm cache clean --force && apk del .b',
    ],
    ['conda', 'FROM a/b\nRUN conda install x && rm -rf /opt/conda', 'conda install x && conda clean -ay && rm'],
  ])('is emptied before %s goes', (_, text, place) => {
    expect(added(text)).toContain(place);
  });

  it('takes the place of --update', () => {
    expect(added('FROM alpine:3.20\nRUN apk add -U curl')).toBe('RUN apk add --no-cache curl');
  });
});
