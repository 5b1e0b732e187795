import { describe, expect, it } from 'vitest';
import { insert, replace } from '../../src/dockerfile/edit.js';
import type { Dockerfile, Edit, Instruction } from '../../src/dockerfile/types.js';
import { defineTransform } from '../../src/engine/define.js';
import { change } from '../../src/engine/finding.js';
import { fix } from '../../src/engine/fix.js';
import type { Change, Result, Transform } from '../../src/engine/types.js';
import { memoryContext } from '../../src/facts/context/memory.js';
import type { Facet } from '../../src/image/types.js';
import { refuse } from '../../src/refusal.js';

const facts = { context: undefined, images: { base: () => undefined, pin: () => refuse('not-known', 'not known') } };

function transform(
  name: string,
  find: (dockerfile: Dockerfile) => Iterable<Change>,
  mayChange: readonly Facet[] = [],
): Transform {
  return defineTransform({
    name,
    group: 'test',
    summary: name,
    level: mayChange.length === 0 ? 'safe' : 'guarded',
    covers: [],
    mayChange,
    docs: name,
    find: ({ dockerfile }) => find(dockerfile),
  });
}

/** Edits the first instruction with the keyword, once: `text` must not be there yet. */
function editOnce(
  name: string,
  keyword: string,
  text: string,
  edit: (at: Instruction) => Edit,
  mayChange: readonly Facet[] = [],
): Transform {
  return transform(
    name,
    function* (dockerfile) {
      const at = dockerfile.instructions.find((one) => one.keyword === keyword);
      if (at !== undefined && !dockerfile.text.includes(text)) yield change(name, at, [edit(at)]);
    },
    mayChange,
  );
}

const run = (text: string, ...transforms: Transform[]): Result => fix(text, { transforms, facts });
const appendToRun = (text: string): Transform => editOnce('append', 'RUN', text, ({ end }) => insert(end, text));

describe('what goes through', () => {
  it('applies changes until nothing changes, and says where in the original they are', () => {
    const label = editOnce('label', 'CMD', 'LABEL', ({ start }) => insert(start, 'LABEL a=b\n'), ['labels']);
    const again = editOnce('again', 'LABEL', 'LABEL c', ({ start }) => insert(start, 'LABEL c=d\n'), ['labels']);
    const result = run('FROM a\n\nCMD b\n', again, label);
    expect(result.after).toBe('FROM a\n\nLABEL c=d\nLABEL a=b\nCMD b\n');
    expect(result.changes.map(({ transform: name, line }) => [name, line])).toEqual([
      ['label', 3],
      ['again', 3],
    ]);
    expect(result.problems).toEqual([]);
  });

  it('gives back the byte order mark', () => {
    const result = run('\uFEFFFROM a\nRUN b\n', appendToRun(' && rm -rf /var/lib/apt/lists/*'));
    expect(result.before.startsWith('\uFEFF')).toBe(true);
    expect(result.problems[0]?.message).toContain('caches');
    expect(
      run(
        '\uFEFFFROM a\nCMD b\n',
        editOnce('c', 'CMD', 'x', (at) => replace(at, 'CMD x'), ['cmd']),
      ).after,
    ).toBe('\uFEFFFROM a\nCMD x\n');
  });

  it('lets later rounds see the ignore file that a change makes', () => {
    const write = defineTransform({
      ...transform('write', () => [], ['files']),
      *find({ dockerfile, facts: { context } }) {
        if (context?.ignoreFile !== undefined) return;
        const [from] = dockerfile.instructions;
        if (from !== undefined)
          yield change('write', from, [], [{ path: '.dockerignore', before: undefined, after: '.git\n' }]);
      },
    });
    const result = fix('FROM a\n', {
      transforms: [write],
      facts: { ...facts, context: memoryContext({ 'a.txt': '' }) },
    });
    expect(result.contextEdits).toEqual([{ path: '.dockerignore', before: undefined, after: '.git\n' }]);
    expect(result.problems).toEqual([]);
  });
});

describe('what is dropped, with the file as it was', () => {
  it.each([
    ['an unterminated quote', ' "', 'read'],
    ['a continuation', ' \\', 'read'],
    ['a heredoc', ' <<EOF', 'read'],
    ['a second instruction', '\nUSER x', 'user'],
    ['another command', ' && b', 'commands'],
  ])('an edit that adds %s', (_, text, message) => {
    const before = 'FROM a\nRUN make\nCMD x\n';
    const result = run(before, appendToRun(text));
    if (text === ' "') expect(result.problems[0]?.kind ?? 'contract').toBe('contract');
    else
      expect(result.problems[0]?.message).toMatch(new RegExp(message === 'read' ? 'read|swallowed|commands' : message));
    expect(result.after).toBe(before);
  });

  it('edits that overlap', () => {
    const overlap = transform('overlap', function* ({ instructions: [from] }) {
      if (from !== undefined)
        yield change('o', from, [replace({ start: 5, end: 6 }, 'b'), replace({ start: 4, end: 6 }, ' c')]);
    });
    expect(run('FROM a\n', overlap)).toMatchObject({
      after: 'FROM a\n',
      problems: [{ kind: 'contract', transform: 'overlap' }],
    });
  });

  it('only the change that breaks the contract, when others of the transform are right', () => {
    const both = transform(
      'both',
      function* ({ instructions, text }) {
        if (text.includes('LABEL')) return;
        const [from, user] = instructions;
        if (from === undefined || user === undefined) return;
        yield change('good', from, [insert(from.end, '\nLABEL a=b')]);
        yield change('bad', user, [replace(user, 'USER 0')]);
      },
      ['labels'],
    );
    const result = run('FROM a\nUSER 1\n', both);
    expect(result.after).toBe('FROM a\nLABEL a=b\nUSER 1\n');
    expect(result.problems).toMatchObject([{ kind: 'contract', line: 2 }]);
  });

  it('a transform that throws; the others are done', () => {
    const broken = transform('broken', () => {
      throw new Error('no idea');
    });
    const label = editOnce('label', 'FROM', 'LABEL', ({ end }) => insert(end, '\nLABEL a=b'), ['labels']);
    const result = run('FROM a\n', broken, label);
    expect(result.after).toBe('FROM a\nLABEL a=b\n');
    expect(result.problems).toMatchObject([
      { kind: 'crash', transform: 'broken', message: expect.stringContaining('no idea') as string },
    ]);
  });

  it('two transforms that never settle', () => {
    const flip = (from: string, to: string): Transform =>
      transform(
        `${from}-to-${to}`,
        function* ({ instructions: [, cmd], text }) {
          if (cmd !== undefined && text.includes(`CMD ${from}`)) yield change('flip', cmd, [replace(cmd, `CMD ${to}`)]);
        },
        ['cmd'],
      );
    const result = run('FROM a\nCMD one\n', flip('one', 'two'), flip('two', 'one'));
    expect(result).toMatchObject({ after: 'FROM a\nCMD one\n', changes: [], problems: [{ kind: 'unsettled' }] });
    expect(result.problems[0]?.message).toContain('one-to-two');
  });

  it('everything, when the file can not be read', () => {
    expect(run('FRO a\n', appendToRun('x')).problems).toMatchObject([{ kind: 'parse', line: 1 }]);
  });
});

describe('ignore comments', () => {
  const user = editOnce('set-user', 'CMD', 'USER', ({ start }) => insert(start, 'USER 1\n'), ['user']);
  const reword = editOnce('reword', 'CMD', 'two', (at) => replace(at, 'CMD two'), ['cmd']);

  it.each([
    ['# dockmod-ignore', ['reword']],
    ['# dockmod-ignore reword -- on purpose', ['reword']],
    ['# dockmod-ignore other-one, reword', ['reword']],
    ['# dockmod-ignore other-one', []],
  ])('%s', (comment, ignored) => {
    const result = run(`FROM a\n${comment}\n# and another\nCMD one\n`, reword);
    expect(result.leftAlone.map(({ transform: name }) => name)).toEqual(ignored);
    expect(result.after.includes('two')).toBe(ignored.length === 0);
    if (comment.includes('purpose')) expect(result.leftAlone[0]?.reason).toContain('on purpose');
  });

  it('of the file stand among its first comments', () => {
    expect(run('# dockmod-ignore-file\nFROM a\nCMD one\n', reword, user).after).toBe(
      '# dockmod-ignore-file\nFROM a\nCMD one\n',
    );
    expect(run('# dockmod-ignore-file set-user\nFROM a\nCMD one\n', reword, user).after).toContain('CMD two');
  });
});

describe('what hadolint is told to overlook', () => {
  const reword: Transform = {
    ...editOnce('reword', 'CMD', 'two', (at) => replace(at, 'CMD two'), ['cmd']),
    covers: ['hadolint/DL3025'],
  };
  const after = (comments: string): string => run(`${comments}\nCMD one\nUSER a\n`, reword).after;

  it('stays as it is', () => {
    expect(after('FROM a\n# hadolint ignore=DL3008, DL3025')).toContain('CMD one');
    expect(after('# hadolint global ignore=DL3025\nFROM a')).toContain('CMD one');
    const [left] = run('FROM a\n# hadolint ignore=DL3025\nCMD one\n', reword).leftAlone;
    expect(left).toMatchObject({ code: 'ignored', reason: 'a comment tells hadolint to overlook it: DL3025' });
  });

  it('is that rule alone, in the next instruction alone', () => {
    expect(after('FROM a\n# hadolint ignore=DL3008')).toContain('CMD two');
    expect(after('# hadolint ignore=DL3025\nFROM a')).toContain('CMD two');
    expect(after('FROM a\n# hadolint shell=/bin/bash')).toContain('CMD two');
  });
});
