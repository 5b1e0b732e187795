import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../src/dockerfile/parse.js';
import { parseScript } from '../../src/shell/parse.js';
import { isRefusal } from '../../src/refusal.js';
import { runScript } from '../../src/shell/run.js';

describe('parseScript', () => {
  it.each([
    ['a && b', ['', '']],
    ['a | b', ['pipeline', 'pipeline']],
    ['! a', ['negation']],
    ['(a; b)', ['subshell', 'subshell']],
    ['if a; then b; fi', ['condition', 'condition']],
    ['f() { a; }', ['function,group']],
    ['a $(b)', ['', 'substitution']],
    ['a "$(( $(b) + 1 ))"', ['', 'substitution']],
    ['a &', ['background']],
    ["sh -c 'a; b'", ['']],
  ])('says what the commands of %j are in', (text, within) => {
    expect(parseScript(text).commands.map((command) => command.within.join(','))).toEqual(within);
  });

  it('knows which commands always run', () => {
    const { commands } = parseScript('a && b || c; d | e');
    expect(commands.map(({ topLevel, unconditional }) => [topLevel, unconditional])).toEqual([
      [true, true],
      [true, true],
      [true, false],
      [false, false],
      [false, false],
    ]);
  });

  it('gives the redirections of compound commands', () => {
    const { compounds } = parseScript('for i in *.c; do a; done > list; (b) 2>&1');
    expect(compounds).toMatchObject([
      { kind: 'loop', name: 'i', redirections: [{ operator: '>', target: 'list' }] },
      { kind: 'subshell', redirections: [{ operator: '>&', target: '1' }] },
    ]);
  });

  it('keeps offsets inside the text, in escaped backquotes too', () => {
    const text = 'echo `echo \\`a b\\` c` && d';
    const { commands } = parseScript(text);
    for (const { start, end } of commands) expect(end <= text.length && start < end).toBe(true);
    expect(text.slice(commands.at(-1)?.start)).toBe('d');
  });

  it.each(["echo 'a", 'a $(', 'if a; then b', '"$('.repeat(5000) + 'a'])('has an error for %.20j', (text) => {
    expect(parseScript(text).error).toBeTypeOf('string');
  });
});

describe('runScript', () => {
  const read = (text: string): ReturnType<typeof runScript> => {
    const dockerfile = parseDockerfile(`FROM a\n${text}`);
    const run = dockerfile.instructions[1];
    if (run === undefined) throw new Error('no RUN');
    return runScript(dockerfile, run);
  };

  it('finds commands through continuations and comments', () => {
    const text = 'RUN a && \\\n  # note\n\n  b c && \\\n  d\n';
    const found = read(text);
    if (isRefusal(found)) throw new Error(found.reason);
    const source = `FROM a\n${text}`;
    const texts = found.script.commands.map((command) => {
      const { start, end } = found.source(command);
      return source.slice(start, end);
    });
    expect(texts).toEqual(['a', 'b c', 'd']);
  });

  it.each([
    ['RUN ["a"]\n', 'exec-form', 'exec form'],
    ['RUN <<A <<B\nx\nA\ny\nB\n', 'several-heredocs', 'several heredocs'],
    ['RUN cat <<EOF\nx\nEOF\n', 'heredoc-as-input', 'feeds a command'],
    ['RUN <<EOF\n#!/usr/bin/python3\nx\nEOF\n', 'heredoc-interpreter', 'interpreter'],
    ['RUN <<-EOF\n\tx\nEOF\n', 'heredoc-tabs', 'strips tabs'],
    ["RUN echo 'a\n", 'script-unreadable', "can't be read"],
  ])('refuses %j: %s', (text, code, reason) => {
    expect(read(text)).toMatchObject({ code, reason: expect.stringContaining(reason) as string });
  });
});
