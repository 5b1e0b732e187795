import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../src/dockerfile/parse.js';
import { fix } from '../../src/engine/fix.js';
import { memoryContext } from '../../src/facts/context/memory.js';
import { shippedImages } from '../../src/facts/images/shipped.js';
import { knownBase } from '../../src/facts/images/inferred.js';
import { imageState } from '../../src/image/state.js';
import { copiedFiles, originOf } from '../../transforms/run-as-non-root/copied-files.js';
import { madeDirectories } from '../../transforms/run-as-non-root/made-directories.js';
import { isOwnDirectory } from '../../transforms/run-as-non-root/own-directory.js';
import { runAsNonRoot } from '../../transforms/run-as-non-root/run-as-non-root.js';
import { programsOf, shellPrograms } from '../../transforms/run-as-non-root/start-command.js';
import { finalImageOf, type FinalImage } from '../../transforms/run-as-non-root/final-image.js';

const images = shippedImages();

function finalImage(text: string, files?: Record<string, string>): FinalImage {
  const dockerfile = parseDockerfile(text);
  const context = files && memoryContext(files);
  const found = finalImageOf({
    dockerfile,
    image: imageState(dockerfile, images),
    facts: { context, images },
    options: {},
  });
  if (found === undefined) throw new Error('no stage');
  return found;
}

function codeOf(text: string, files?: Record<string, string>): string | undefined {
  const context = files && memoryContext(files);
  const result = fix(text, { transforms: [runAsNonRoot], facts: { context, images }, level: 'unsafe' });
  expect(result.problems).toEqual([]);
  return result.leftAlone[0]?.code ?? (result.after === text ? undefined : 'changed');
}

describe('own directories', () => {
  it.each(['/app', '/srv/shop', '/usr/src/app', '/var/www/html', '/opt/x', '/go/src/x', '/home/node/app'])(
    'takes %s for an application',
    (path) => expect(isOwnDirectory(path)).toBe(true),
  );

  it.each(['/', '/usr', '/usr/local/bin', '/opt', '/etc/app', '/root/app', '/var/lib', '/go', '/home', '/tmp'])(
    'never gives %s away',
    (path) => expect(isOwnDirectory(path)).toBe(false),
  );
});

describe('start commands', () => {
  const names = (argv: string[]): string[] => (programsOf(argv) ?? []).map(({ name }) => name);

  it.each([
    [['/usr/bin/tini', '--', 'node', 'x.js'], ['node']],
    [['dumb-init', 'node', 'x.js'], ['node']],
    [['docker-entrypoint.sh', 'node', 'x.js'], ['node']],
    [['env', 'A=1', 'python', 'x.py'], ['python']],
    [
      ['sh', '-c', 'cd /x && exec node y.js'],
      ['cd', 'node'],
    ],
    [['/bin/bash', '/start.sh'], ['start.sh']],
    [['./wait-for-it.sh', 'db:5432', '--', 'npm', 'start'], ['npm']],
    [['bundle', 'exec', 'puma'], ['puma']],
    [['bash'], ['bash']],
  ])('%j starts %j', (argv, expected) => expect(names(argv)).toEqual(expected));

  it('reads what a script writes to', () => {
    expect(shellPrograms('node x.js > /var/log/x.log')?.[0]?.writes).toEqual(['/var/log/x.log']);
  });
});

describe('origins', () => {
  const files = { 'src/index.js': '', 'package.json': '{}', 'run.sh': '' };

  it.each([
    ['WORKDIR /app\nCOPY . .', '/app/src/index.js', 'src/index.js'],
    ['COPY src /srv/src', '/srv/src/index.js', 'src/index.js'],
    ['COPY run.sh /usr/local/bin/', '/usr/local/bin/run.sh', 'run.sh'],
    ['COPY run.sh /start', '/start', 'run.sh'],
    ['COPY *.sh /opt/', '/opt/run.sh', 'run.sh'],
    ['ENV D=/x\nCOPY package.json $D/', '/x/package.json', 'package.json'],
    ['COPY ["package.json", "/y/"]', '/y/package.json', 'package.json'],
  ])('%j brings %s', (lines, path, expected) => {
    expect(originOf(finalImage(`FROM node:22\n${lines}\n`, files), path)?.path).toBe(expected);
  });

  it('does not guess at unknown variables', () => {
    expect(copiedFiles(finalImage('FROM node:22\nARG D\nCOPY run.sh $D/\n'))).toEqual([]);
  });
});

describe('directories made for the application', () => {
  const made = (lines: string): readonly string[] =>
    madeDirectories(finalImage(`FROM debian:12\nWORKDIR /app\n${lines}\n`));

  it.each([
    ['RUN mkdir -p /data logs', ['/data', '/app/logs']],
    ['RUN mkdir /etc/shop', []],
    ['RUN mkdir -m 700 /data', []],
    ['RUN test -d /x || mkdir /x', []],
    ['RUN cd /srv && mkdir x', []],
    ['RUN mkdir /data && rm -rf /data', []],
    ['RUN mkdir build && mv build /out', []],
    ['RUN mkdir "$DIR"', []],
  ])('%j gives %j', (lines, expected) => expect(made(lines)).toEqual(expected));
});

describe('base images by their names', () => {
  it.each([
    ['mirror.gcr.io/library/alpine:3', 'alpine'],
    ['openjdk:8-jre-alpine', 'alpine'],
    ['mcr.microsoft.com/dotnet/runtime:6.0-alpine', 'alpine'],
    ['mcr.microsoft.com/dotnet/core/runtime:3.1', 'debian'],
    ['mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled', 'distroless'],
    ['gcr.io/distroless/static-debian11', 'distroless'],
    ['gcr.io/distroless/nodejs18-debian11', 'distroless'],
    ['gcr.io/distroless/python3-debian11', undefined],
    ['adoptopenjdk/openjdk8:jdk8u292-b10', 'debian'],
    ['adoptopenjdk/openjdk11:alpine-slim', 'alpine'],
    ['adoptopenjdk/openjdk8:ubi', undefined],
    ['mhart/alpine-node:8', 'alpine'],
    ['mhart/alpine-node:slim-12', undefined],
    ['golang:onbuild', undefined],
    ['registry.example.com/team/base:1', undefined],
  ])('%s is %s', (reference, distribution) => expect(knownBase(images, reference)?.distribution).toBe(distribution));
});

describe('a variant on a release that is gone', () => {
  it.each([
    ['php:7.2-cli-stretch', 'none'],
    ['php:7.3-apache-stretch', 'workers-drop'],
    ['php:7.3-fpm-buster', 'workers-drop'],
    ['node:12-stretch', 'none'],
    ['php:7.2-own-stretch', undefined],
  ])('%s: %s', (reference, privilege) => expect(images.base(reference)?.privilege).toBe(privilege));
});

describe('decisions', () => {
  const app = (lines: string): string => `FROM node:22\nWORKDIR /app\nCOPY . .\n${lines}\n`;

  it.each([
    ['CMD ["node", "x.js"]', 'changed'],
    ['CMD node x.js > /var/log/x', 'writes-outside'],
    ['CMD ["node", "x.js", "--data=/var/lib/x"]', 'writes-outside'],
    ['CMD ["npm", "run", "dev"]', 'development-server'],
    ['CMD npm install && npm start', 'builds-at-start'],
    ['CMD sudo node x.js', 'drops-privileges-itself'],
    ['CMD ["node"]', 'not-an-application'],
    ['CMD tail -f /dev/null', 'not-an-application'],
    ['ENV PORT=80\nCMD ["node", "x.js"]', 'privileged-port'],
    ['ENV DB_PORT=80\nCMD ["node", "x.js"]', 'changed'],
    ['ENV LOG_DIR=/var/log/shop\nCMD ["node", "x.js"]', 'writes-outside'],
    ['RUN chmod 600 key\nCMD ["node", "x.js"]', 'root-only-files'],
    ['RUN chmod +x x.js\nCMD ["./x.js"]', 'changed'],
    ['RUN chmod u+x x.js\nCMD ["./x.js"]', 'root-only-files'],
    ['RUN npx playwright install\nCMD ["node", "x.js"]', 'root-home'],
    ['RUN rm -rf /root/.npm\nCMD ["node", "x.js"]', 'changed'],
    ['USER node\nCMD ["node", "x.js"]', undefined],
  ])('%j: %s', (lines, expected) => expect(codeOf(app(lines))).toBe(expected));

  it('follows scripts of scripts', () => {
    const files = {
      'start.sh': '#!/bin/sh\n./second.sh\n',
      'second.sh': '#!/bin/sh\nmount -t tmpfs none /mnt\nexec node x.js\n',
    };
    expect(codeOf(app('CMD ["./start.sh"]'), files)).toBe('needs-root');
    expect(codeOf(app('CMD ["./start.sh"]'), { ...files, 'second.sh': 'exec node x.js\n' })).toBe('changed');
  });

  it('does not follow a script that calls itself for ever', () => {
    expect(codeOf(app('CMD ["./start.sh"]'), { 'start.sh': '#!/bin/sh\n./start.sh\n' })).toBe('script-unknown');
  });

  it('reads package scripts with those around them', () => {
    const scripts = (start: string, prestart = 'true'): Record<string, string> => ({
      'package.json': JSON.stringify({ scripts: { start, prestart } }),
    });
    expect(codeOf(app('CMD ["npm", "start"]'), scripts('node x.js'))).toBe('changed');
    expect(codeOf(app('CMD ["npm", "start"]'), scripts('react-scripts start'))).toBe('development-server');
    expect(codeOf(app('CMD ["npm", "start"]'), scripts('node x.js', 'npm run build'))).toBe('builds-at-start');
    expect(codeOf(app('CMD ["npm", "start"]'), { 'package.json': '{' })).toBe('changed');
  });
});
