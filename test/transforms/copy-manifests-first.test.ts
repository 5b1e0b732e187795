import { posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../src/dockerfile/parse.js';
import { fix } from '../../src/engine/fix.js';
import { memoryContext } from '../../src/facts/context/memory.js';
import type { BuildContext } from '../../src/facts/context/types.js';
import { copyManifestsFirst } from '../../transforms/copy-manifests-first/copy-manifests-first.js';
import { writeDockerignore } from '../../transforms/write-dockerignore.js';
import { refuse } from '../../src/refusal.js';

const images = { base: () => undefined, pin: () => refuse('not-asked', 'not asked') };

function run(text: string, context: BuildContext | undefined): ReturnType<typeof fix> {
  return fix(text, { transforms: [copyManifestsFirst, writeDockerignore], facts: { context, images } });
}

const FILES = ['package.json', 'package-lock.json', 'requirements.txt', 'start.sh', 'src/a.js', 'src/package.json'];

const context = memoryContext(
  {
    'src/package.json': '{}',
    'package.json': '{"dependencies":{"express":"4"}}',
    'package-lock.json': '{}',
    'requirements.txt': 'flask\n',
    'start.sh': '',
    'src/a.js': '',
  },
  { dockerfile: 'Dockerfile', origin: 'the test' },
);

const LINES = [
  'COPY . .',
  'COPY . /app',
  'ADD ./ /app/',
  'COPY src ./src',
  'COPY src .',
  'COPY package.json package-lock.json ./',
  'COPY package.json .',
  'RUN rm -f package.json',
  'COPY --chown=1000 . .',
  'COPY start.sh /start.sh',
  'RUN npm ci',
  'RUN npm ci && npm run build',
  'RUN pip install -r requirements.txt',
  'RUN apt-get update && apt-get install -y curl',
  'RUN chmod +x start.sh',
  'RUN npm run build',
  'RUN cd src && npm install',
  'ENV A=1',
  'WORKDIR /app',
  'WORKDIR sub',
  'USER node',
  '# a comment',
  '# copy the sources',
  '',
];

/** For every install, in order: whether its manifest and lock file lie where it runs. */
function seen(text: string): string[] {
  const files = new Set<string>();
  let workdir = '/';
  const found: string[] = [];
  const resolve = (path: string): string => posix.resolve(workdir, path);
  for (const { keyword, words, body } of parseDockerfile(text).instructions) {
    const [source = '', ...rest] = words.map((word) => word.text);
    if (keyword === 'WORKDIR') workdir = resolve(source);
    if (keyword === 'COPY' || keyword === 'ADD') {
      const sources = [source, ...rest.slice(0, -1)];
      for (const one of sources.map((name) => posix.normalize(name).replace(/\/$/, '')))
        for (const file of FILES.filter((name) => one === '.' || name === one || name.startsWith(`${one}/`)))
          files.add(
            posix.join(
              resolve(rest.at(-1) ?? ''),
              one === '.' ? file : file === one ? posix.basename(file) : posix.relative(one, file),
            ),
          );
    }
    if (keyword !== 'RUN') continue;
    const folder = /cd (\w+)/.exec(body.text)?.[1] ?? '.';
    const wanted = /npm (?:ci|install)/.test(body.text) ? ['package.json', 'package-lock.json'] : ['requirements.txt'];
    if (/npm (?:ci|install)|pip install -r/.test(body.text))
      found.push(
        `${body.text.replace(/ && npm run build$/, '')}: ${wanted.map((name) => files.has(resolve(posix.join(folder, name)))).join()}`,
      );
  }
  return found;
}

describe('the reorder', () => {
  it('keeps every line of the author, settles, and stays readable', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...LINES), { maxLength: 9 }), fc.boolean(), (lines, final) => {
        const text = ['FROM node:22', 'WORKDIR /app', ...lines].join('\n') + (final ? '\n' : '');
        const result = run(text, context);
        expect(result.problems).toEqual([]);
        expect(() => parseDockerfile(result.after)).not.toThrow();
        expect(seen(result.after)).toEqual(seen(text));
        expect(result.after.endsWith('\n')).toBe(text.endsWith('\n'));
        const left = result.after.split('\n');
        for (const line of text.split('\n')) {
          const halves = line === 'RUN npm ci && npm run build' ? ['RUN npm ci', 'RUN npm run build'] : [];
          const at = left.indexOf(line);
          if (at >= 0) left.splice(at, 1);
          else if (halves.length > 0) for (const half of halves) left.splice(left.indexOf(half), 1);
          else expect(line).toBe('');
        }
        for (const line of left)
          expect(line).toMatch(/^$|^COPY (?:--chown=1000 )?(?:package|requirements|src\/package)/);
        expect(run(result.after, context).after).toBe(result.after);
      }),
      { numRuns: 300 },
    );
  });

  it('says where no context is known', () => {
    const result = run('FROM node:22\nCOPY . /app\nRUN npm ci --prefix /app\n', undefined);
    expect(result.leftAlone.map(({ code }) => code)).toEqual(['no-context', 'no-context']);
  });
});
