import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../src/dockerfile/parse.js';
import { memoryContext } from '../../src/facts/context/memory.js';
import type { BuildContext } from '../../src/facts/context/types.js';
import { originAt, originAtEnd, type Origin } from '../../src/image/origin.js';
import { imageState } from '../../src/image/state.js';
import { imagePath } from '../../src/paths.js';
import { isRefusal, type Refusal } from '../../src/refusal.js';

const files = { 'a/run.sh': 'a', 'b/run.sh': 'b', 'run.sh': '', 'src/x.js': '', 'tools.tar': '', 'kept/y': '' };
const context = memoryContext(files);

/** At the last instruction of the file. */
function origin(lines: string, path: string, known: BuildContext | undefined = context): Origin | Refusal {
  const dockerfile = parseDockerfile(`FROM base\n${lines}\nRUN last\n`);
  const { stages } = imageState(dockerfile);
  const last = dockerfile.instructions.at(-1);
  if (last === undefined) throw new Error('no instruction');
  const workdir = stages[last.stageIndex]?.before(last).workdir;
  return originAt({ stages, context: known }, last, imagePath(workdir, path));
}

/** The path in the context, with a question mark where there is a doubt; or the code of the refusal. */
function found(lines: string, path: string, known?: BuildContext): string {
  const answer = origin(lines, path, known);
  if (isRefusal(answer)) return answer.code;
  return `${answer.contextPath ?? `from ${answer.path}`}${answer.doubt === undefined ? '' : '?'}`;
}

describe('what is brought', () => {
  it.each([
    ['COPY run.sh /opt/', '/opt/run.sh', 'run.sh'],
    ['COPY run.sh /opt/start', '/opt/start', 'run.sh'],
    ['COPY run.sh /opt/start', '/opt/start/run.sh', 'run.sh'],
    ['COPY run.sh /opt/start/', '/opt/start', 'not-copied'],
    ['COPY src /srv', '/srv/x.js', 'src/x.js'],
    ['COPY src /srv', '/srv/src/x.js', 'src/src/x.js?'],
    ['COPY src /srv', '/srv', 'src'],
    ['COPY . /srv', '/srv/src/x.js', 'src/x.js'],
    ['COPY . /srv', '/etc/passwd', 'not-copied'],
    ['COPY a/*.sh /opt/', '/opt/run.sh', 'a/run.sh'],
    ['COPY ?/run.sh /opt/', '/opt/run.sh', 'b/run.sh'],
    ['COPY k* /opt/', '/opt/y', 'kept/y'],
    ['ADD * /opt/', '/opt/run.sh', 'run.sh?'],
    ['ADD *.sh /opt/', '/opt/run.sh', 'run.sh'],
    ['COPY made-*.sh /opt/', '/opt/made-1.sh', 'made-1.sh?'],
    ['COPY a/run.sh b/run.sh /opt/', '/opt/run.sh', 'b/run.sh'],
    ['COPY missing /opt/missing', '/opt/missing', 'missing?'],
    ['ADD https://example.com/run.sh /opt/', '/opt/run.sh', 'from https:/example.com/run.sh'],
    ['COPY --from=nginx /run.sh /opt/', '/opt/run.sh', 'from run.sh'],
    ['COPY <<EOF /opt/run.sh\nEOF', '/opt/run.sh', 'from EOF'],
    ['ENV D=/opt\nCOPY run.sh $D/', '/opt/run.sh', 'run.sh'],
    ['WORKDIR /opt\nCOPY run.sh .', 'run.sh', 'run.sh'],
    ['COPY run.sh .', 'run.sh', 'run.sh'],
    ['COPY run.sh .', '/run.sh', 'run.sh?'],
    ['COPY run.sh .\nWORKDIR sub', 'run.sh', 'run.sh?'],
    ['WORKDIR sub\nCOPY run.sh .', 'run.sh', 'run.sh'],
  ])('%j: %s', (lines, path, expected) => expect(found(lines, path)).toBe(expected));

  it('leaves out what the ignore file keeps out', () => {
    const ignoring = memoryContext({ ...files, '.dockerignore': 'src\n' });
    expect(found('COPY . /srv', '/srv/src/x.js', ignoring)).toBe('not-copied');
    expect(found('COPY . /srv', '/srv/run.sh', ignoring)).toBe('run.sh');
  });

  it('is in doubt without a context', () => {
    const dockerfile = parseDockerfile('FROM a\nCOPY run.sh /opt/\n');
    const { stages } = imageState(dockerfile);
    const stage = dockerfile.stages[0];
    if (stage === undefined) throw new Error('no stage');
    expect(originAtEnd({ stages, context: undefined }, stage, '/opt/run.sh')).toMatchObject({
      contextPath: 'run.sh',
      doubt: { code: 'copy-unclear', reason: 'whether the COPY on line 2 brings it is not known' },
    });
  });
});

describe('at a given instruction', () => {
  it('is what the last copy before it brings', () => {
    const dockerfile = parseDockerfile('FROM a\nCOPY a/run.sh /x/\nRUN /x/run.sh\nCOPY b/run.sh /x/\nRUN /x/run.sh\n');
    const { stages } = imageState(dockerfile);
    const [, first, run, second, again] = dockerfile.instructions;
    if (run === undefined || again === undefined) throw new Error('no instruction');
    expect(originAt({ stages, context }, run, '/x/run.sh')).toMatchObject({
      contextPath: 'a/run.sh',
      copy: { instruction: first },
      doubt: undefined,
    });
    expect(originAt({ stages, context }, again, '/x/run.sh')).toMatchObject({
      contextPath: 'b/run.sh',
      copy: { instruction: second },
      doubt: undefined,
    });
  });

  it.each([
    ['COPY run.sh /x/\nFROM c\nCOPY --from=0 /x /y', '/y/run.sh', 'run.sh'],
    ['COPY . /x\nFROM c AS d\nFROM d\nCOPY --from=0 /x/a/run.sh /y/', '/y/run.sh', 'a/run.sh'],
    ['COPY run.sh /x/\nRUN make\nFROM c\nCOPY --from=0 /x /y', '/y/run.sh', 'run.sh?'],
    ['FROM c\nCOPY --from=0 /x/run.sh /y/', '/y/run.sh', 'from x/run.sh'],
    ['FROM c AS d\nCOPY run.sh /x/\nFROM d', '/x/run.sh', 'run.sh'],
    ['FROM c AS d\nCOPY run.sh /x/\nRUN make\nFROM d', '/x/run.sh', 'run.sh?'],
    [
      'COPY --from=one /x/run.sh /y/\nFROM c AS one\nCOPY run.sh /x/\nFROM base\nCOPY --from=0 /y /z',
      '/z/run.sh',
      'from y/run.sh',
    ],
  ])('follows stages: %j', (lines, path, expected) => expect(found(lines, path)).toBe(expected));
});

describe('what may have changed it since', () => {
  it.each([
    'RUN make',
    'RUN rm -rf /opt/*',
    'RUN rm -rf "$DIR"',
    'RUN mv /tmp/x /opt/run.sh',
    'RUN cp x /opt/',
    'RUN sed -i s/a/b/ /opt/run.sh',
    'RUN echo x > /opt/run.sh',
    'RUN { echo x; echo y; } >> /opt/run.sh',
    'RUN cd /opt && rm run.sh',
    'RUN curl -o /opt/run.sh https://example.com/run.sh',
    'RUN bash /opt/other.sh',
    'RUN $TOOL',
    'RUN ["true"]',
    'SHELL ["pwsh", "-c"]\nRUN true',
    'ADD tools.tar /opt/',
    'ADD tools.tar /',
    'ADD tools.* /opt/',
    'COPY --exclude=x . /opt/',
    'ARG D\nCOPY a $D',
    'ARG D\nCOPY $D /opt/',
    'COPY a b',
    'COPY missing /opt',
    'COPY src /opt/',
  ])('%s', (line) => {
    expect(found(`COPY run.sh /opt/\n${line}`, '/opt/run.sh')).toMatch(/^(?:b\/)?run\.sh\?$/);
  });

  it.each([
    'RUN chmod +x /opt/run.sh && chown app /opt/*',
    'RUN apt-get update && apt-get install -y git',
    'RUN bash /opt/run.sh',
    'RUN /opt/run.sh --fast',
    'RUN cat /opt/run.sh > /tmp/x 2>&1',
    'RUN rm -rf /var/lib/apt/lists/* && mkdir -p /opt',
    'RUN set -ex; export X=1; echo "$X"',
    'ADD tools.tar /srv/',
    'ADD ru* /srv/',
    'ARG D\nRUN true',
    'COPY a /srv',
    'ENV X=1\nUSER app',
  ])('not %s', (line) => {
    expect(found(`COPY run.sh /opt/\n${line}`, '/opt/run.sh')).toBe('run.sh');
  });
});
