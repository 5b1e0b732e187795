import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../src/dockerfile/parse.js';
import { memoryContext } from '../../src/facts/context/memory.js';
import { copiesOf, copyOf } from '../../src/image/copies.js';
import { imageState } from '../../src/image/state.js';
import { readTreeCopy } from '../../src/image/tree-copy.js';
import type { Copy } from '../../src/image/types.js';

function copies(lines: string): readonly Copy[] {
  const state = imageState(parseDockerfile(`FROM a AS one\n${lines}\n`)).stages.at(-1);
  return state === undefined ? [] : copiesOf(state);
}

describe('sources', () => {
  const sources = (line: string): readonly string[] =>
    copies(line).flatMap((copy) => copy.sources.map(({ text, from }) => `${from} ${text ?? '?'}`));

  it.each([
    ['COPY a "b" /x/', ['context a', 'context b']],
    ['ENV D=src\nCOPY $D/x ${E:-e} /x/', ['context src/x', 'context e']],
    ['ARG D\nCOPY $D /x', ['context ?']],
    ['ARG D\nADD $D /x', ['unknown ?']],
    ['ADD https://example.com/a b /x/', ['network https://example.com/a', 'context b']],
    ['COPY --from=nginx /a /x', ['image /a']],
    ['COPY --from=ONE /a /x', ['stage /a']],
    ['FROM b\nCOPY --from=0 /a /x', ['stage /a']],
    ['COPY --from=7 /a /x', ['image /a']],
    ['COPY <<EOF b /x/\nEOF', ['context b', 'heredoc EOF']],
    ['RUN cp a b', []],
  ])('%j', (line, expected) => expect(sources(line)).toEqual(expected));
});

describe('targets', () => {
  it.each([
    ['COPY a /x', { path: '/x', absolute: true, isDirectory: false }],
    ['COPY a /x/', { path: '/x', absolute: true, isDirectory: true }],
    ['COPY a b /x', { path: '/x', absolute: true, isDirectory: true }],
    ['COPY a <<EOF /x\nEOF', { path: '/x', absolute: true, isDirectory: true }],
    ['WORKDIR /app\nCOPY a .', { path: '/app', absolute: false, isDirectory: true }],
    ['WORKDIR /app\nCOPY a ..', { path: '/', absolute: false, isDirectory: true }],
    ['WORKDIR /app\nCOPY a b', { path: '/app/b', absolute: false, isDirectory: false }],
    ['WORKDIR /app\nCOPY a /app', { path: '/app', absolute: true, isDirectory: true }],
    ['ENV D=/x\nCOPY a "$D/y"', { path: '/x/y', absolute: true, isDirectory: false }],
    ['COPY a b', { path: '/\0/b', absolute: false, isDirectory: false }],
    ['ARG D\nCOPY a $D', undefined],
  ])('%j', (line, expected) => expect(copies(line)[0]?.target).toEqual(expected));
});

describe('flags', () => {
  it('tells owner and mode', () => {
    expect(copies('COPY --chown=a:b --chmod=755 x /')[0]).toMatchObject({ owner: 'a:b', mode: '755', plain: true });
  });

  it.each(['--exclude=*.md', '--parents'])('tells that %s selects or places files', (flag) => {
    expect(copies(`COPY ${flag} x /`)[0]?.plain).toBe(false);
  });

  it('finds the copy of an instruction', () => {
    const state = imageState(parseDockerfile('FROM a\nRUN b\nCOPY c /\n')).stages[0];
    const [, run, copy] = state?.stage.instructions ?? [];
    if (state === undefined || run === undefined || copy === undefined) throw new Error('no stage');
    expect(copyOf(state, run)).toBeUndefined();
    expect(copyOf(state, copy)?.destination).toBe('/');
  });
});

describe('copies of a folder', () => {
  const context = memoryContext({ 'src/a.js': '', 'package.json': '' });
  const treeOf = (line: string): string | undefined => {
    const text = `FROM a\nWORKDIR /app\n${line}\n`;
    const dockerfile = parseDockerfile(text);
    const tree = copiesOf(imageState(dockerfile).stages[0] as never).map((copy) =>
      readTreeCopy(dockerfile, copy, context),
    );
    return tree[0] && `${tree[0].source} ${tree[0].target} ${tree[0].flags}`;
  };

  it.each([
    ['COPY . .', ' /app '],
    ['ADD ./ /srv', ' /srv '],
    ['COPY --chown=a src lib', 'src /app/lib --chown=a '],
    ['COPY ["src/", "/x y/"]', undefined],
    ['COPY . src /app/', undefined],
    ['COPY package.json .', undefined],
    ['COPY --from=b . .', undefined],
    ['COPY --exclude=x . .', undefined],
    ['ENV S=src\nCOPY $S .', undefined],
    ['COPY sr? .', undefined],
    ['ADD https://example.com/src .', undefined],
  ])('%j', (line, expected) => expect(treeOf(line)).toBe(expected));
});
