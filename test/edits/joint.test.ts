import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../src/dockerfile/parse.js';
import { chainStyle, joint, linedStyle, memberStyle, type ChainStyle, type Joint } from '../../src/edits/joint.js';

const FEED = { indent: '    ', escape: '\\', newline: '\n' };
const WINDOWS = { indent: '\t', escape: '`', newline: '\r\n' };

describe('the joint between two commands', () => {
  it.each<[ChainStyle, Joint, string]>([
    [{ layout: 'line', ...FEED }, {}, ' && '],
    [{ layout: 'line', ...FEED }, { operator: ';' }, '; '],
    [{ layout: 'heredoc', ...FEED }, {}, ' &&\n    '],
    [{ layout: 'heredoc', ...FEED }, { operator: ';' }, '\n'],
    [{ layout: 'heredoc', ...WINDOWS }, { operator: ';' }, '\r\n'],
    [{ layout: 'end', ...FEED }, {}, ' && \\\n    '],
    [{ layout: 'end', ...FEED }, { operator: ';' }, '; \\\n    '],
    [{ layout: 'end', ...FEED }, { comments: ['# b', '# c'] }, ' && \\\n    # b\n    # c\n    '],
    [{ layout: 'end', ...WINDOWS }, { comments: ['# b'] }, ' && `\r\n\t# b\r\n\t'],
    [{ layout: 'start', ...FEED }, {}, ' \\\n    && '],
    [{ layout: 'start', ...FEED }, { operator: ';' }, '; \\\n    '],
    [{ layout: 'start', ...FEED }, { comments: ['# b'] }, ' \\\n    # b\n    && '],
    [{ layout: 'start', ...WINDOWS }, {}, ' `\r\n\t&& '],
  ])('%j with %j is %j', (style, options, expected) => {
    expect(joint(style, options)).toBe(expected);
  });
});

describe('the style of a chain', () => {
  const styles = (text: string): { own: string; member: string; lined: string; indent: string } => {
    const dockerfile = parseDockerfile(text);
    const run = dockerfile.instructions.findLast(({ keyword }) => keyword === 'RUN');
    if (run === undefined) throw new Error('there is no RUN');
    const lined = linedStyle(dockerfile, run);
    return {
      own: chainStyle(dockerfile, run).layout,
      member: memberStyle(dockerfile, run).layout,
      lined: lined.layout,
      indent: lined.indent,
    };
  };

  it.each([
    ['FROM a\nRUN b\n', { own: 'line', member: 'line', lined: 'end', indent: '    ' }],
    ['FROM a\nRUN b && \\\n\tc\n', { own: 'end', member: 'end', lined: 'end', indent: '\t' }],
    ['FROM a\nRUN b \\\n && c\n', { own: 'start', member: 'start', lined: 'start', indent: ' ' }],
    ['FROM a\nRUN b \\\n  # c\n  && c', { own: 'start', member: 'start', lined: 'start', indent: '  ' }],
    ['FROM a\r\nRUN b && \\\r\n  c\r\n', { own: 'end', member: 'end', lined: 'end', indent: '  ' }],
    // Lines of arguments alone: what is added at the end gets a line, what is put in between does not.
    ['FROM a\nRUN b \\\n  c\n', { own: 'start', member: 'line', lined: 'start', indent: '  ' }],
    ['FROM a\nRUN b \\\n && c\nRUN d\n', { own: 'line', member: 'line', lined: 'start', indent: ' ' }],
    ['FROM a\nRUN <<E\nb\nE\n', { own: 'heredoc', member: 'heredoc', lined: 'end', indent: '    ' }],
  ])('of the last RUN of %j is %j', (text, expected) => {
    expect(styles(text)).toEqual(expected);
  });
});
