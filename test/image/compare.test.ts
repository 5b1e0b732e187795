import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../src/dockerfile/parse.js';
import { compareImages } from '../../src/image/compare.js';
import { imageState } from '../../src/image/state.js';

const facets = (before: string, after: string): string[] => {
  const [one, other] = [before, after].map((text) => imageState(parseDockerfile(`FROM a\n${text}\n`)));
  return one === undefined || other === undefined ? [] : compareImages(one, other).map(({ facet }) => facet);
};

describe('compareImages', () => {
  it.each([
    ['RUN a\nRUN b', 'RUN a && \\\n    b'],
    ['RUN a; b\nRUN c', 'RUN { a; b; } && c'],
    ['RUN a   b', 'RUN a b'],
    ['LABEL x=y\nRUN a', 'RUN a\nLABEL x=y'],
    ['RUN a\nRUN b\nRUN a\nRUN c', 'RUN a\nRUN b\nRUN a && c'],
    [
      'FROM b AS x\nSHELL ["bash", "-c"]\nRUN a\nFROM x\nRUN b',
      'FROM b AS x\nSHELL ["bash", "-c"]\nRUN a\nFROM x\nRUN b',
    ],
    ['ADD a.txt /', 'COPY a.txt /'],
    ['EXPOSE 80', 'expose 80/tcp'],
    ['ENV A b', 'ENV A=b'],
  ])('sees no difference between %j and %j', (before, after) => {
    expect(facets(before, after).filter((facet) => facet !== 'env')).toEqual([]);
  });

  it.each([
    ['RUN a && b; c', 'RUN a && b && c', ['commands']],
    ['RUN a\nRUN b', 'RUN b\nRUN a', ['order']],
    ["RUN echo 'a  b'", "RUN echo 'a b'", ['commands']],
    ['RUN apt-get update', 'RUN apt-get update && rm -rf /var/lib/apt/lists/*', ['caches']],
    ['RUN pip install x', 'RUN pip install --no-cache-dir x', ['caches']],
    ['RUN apk add|cat', 'RUN apk add --no-cache|cat', ['caches']],
    ['RUN a\nENV b=c\nRUN d', 'RUN d\nENV b=c\nRUN a', ['order']],
    ['RUN a\nRUN b\nRUN a', 'RUN a\nRUN a', ['commands']],
    ['FROM b AS x\nENV A=1\nFROM x\nRUN a', 'FROM b AS x\nENV A=2\nFROM x\nRUN a', ['env']],
    ['RUN apk update && apk add x', 'RUN apk add --no-cache x', ['caches']],
    [
      'RUN --mount=type=bind,from=b a\nRUN c\nCOPY --from=b d e',
      'RUN --mount=type=bind,from=b:1 a\nRUN c\nCOPY --from=b d e',
      ['base'],
    ],
    ['RUN <<E\nset -e && a\napk update && apk add b\nE', 'RUN <<E\nset -e && a\napk add --no-cache b\nE', ['caches']],
    ['RUN <<E\na\nb\nE', 'RUN <<E\na b\nE', ['commands']],
    [
      'RUN apk update; apk add b | rm -rf /var/cache/apk/* && apt update',
      'RUN apk add --no-cache b | rm -rf /var/cache/apk/* && apt update',
      ['caches'],
    ],
    ['RUN <<E\na\nb; c\nE', 'RUN <<E\na\nnpm cache clean --force && yum clean all && b; c\nE', ['caches']],
    ['RUN a && b', 'RUN a && npm cache clean --force && yum clean all && b && yum clean all', ['caches']],
    ['RUN apk add| x', 'RUN apk add --no-cache| x', ['caches']],
    ['RUN (apk add)', 'RUN (apk add --no-cache)', ['caches']],
    ['RUN rm -rf /x', 'RUN rm -rf /var/lib/apt/lists/* /x', ['commands']],
    ['ADD a.tar /', 'COPY a.tar /', ['files']],
    ['ADD https://example.com/a /', 'COPY https://example.com/a /', ['files']],
    ['COPY a /\nRUN b', 'RUN b\nCOPY a /', ['order']],
    ['COPY --from=nginx a /', 'COPY --from=nginx:1 a /', ['base']],
    ['RUN --mount=type=cache,target=/c a', 'RUN a', ['commands']],
    ['USER 1\nRUN a', 'RUN a\nUSER 1', ['order']],
    ['CMD a', 'CMD ["a"]', ['cmd']],
    ['SHELL ["bash", "-c"]', 'SHELL ["sh", "-c"]', ['shell']],
    ['VOLUME /a', 'VOLUME /b', ['volumes']],
    ['HEALTHCHECK NONE', '', ['healthcheck']],
    ['ONBUILD RUN a', 'ONBUILD RUN b', ['onbuild']],
    ['CMD a', 'FROM b\nCMD a', ['stages']],
  ])('tells %j from %j', (before, after, expected) => {
    expect([...new Set(facets(before, after))]).toEqual(expected);
  });
});
