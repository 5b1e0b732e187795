import { describe, expect, it } from 'vitest';
import { insert } from '../../src/dockerfile/edit.js';
import { change } from '../../src/engine/finding.js';
import { fix } from '../../src/engine/fix.js';
import type { Level } from '../../src/engine/levels.js';
import type { Change, Result, Transform } from '../../src/engine/types.js';
import type { Facet } from '../../src/image/types.js';
import { refuse } from '../../src/refusal.js';

const facts = { context: undefined, images: { base: () => undefined, pin: () => refuse('not-known', 'not known') } };
const CLEANUP = ' && rm -rf /var/lib/apt/lists/*';

/** What each instruction gets, once: a text at its end, and the level of the change. */
type Edits = Readonly<Record<string, readonly [text: string, level?: Level]>>;

/** Not by `defineTransform`, so that the engine alone holds the levels. */
function transform(level: Level, mayChange: readonly Facet[], edits: Edits): Transform {
  return {
    name: 'add',
    group: 'test',
    summary: 'Add',
    level,
    covers: [],
    mayChange,
    docs: '',
    *find({ dockerfile }) {
      for (const instruction of dockerfile.instructions) {
        const [text, own] = edits[instruction.keyword] ?? [];
        if (text === undefined || dockerfile.text.includes(text)) continue;
        const message = `Add ${text.trim()}`;
        yield change(message, instruction, [insert(instruction.end, text)], [], own) satisfies Change;
      }
    },
  };
}

const run = (text: string, one: Transform, level?: Level): Result => fix(text, { transforms: [one], facts, level });
const TEXT = 'FROM a\nRUN b\nRUN c\n';

describe('a change with a level of its own', () => {
  const mixed = transform('safe', ['caches'], {
    FROM: [' AS x', 'unsafe'],
    RUN: [CLEANUP],
  });
  const named: Transform = { ...mixed, mayChange: ['caches', 'stages'] };

  it.each(['safe', 'guarded', undefined] as const)('is left alone up to level %s, and the others are made', (level) => {
    const { after, changes, leftAlone, problems } = run(TEXT, mixed, level);
    expect(after).toBe(`FROM a\nRUN b${CLEANUP}\nRUN c${CLEANUP}\n`);
    expect(changes.map((one) => one.level)).toEqual(['safe', 'safe']);
    expect(leftAlone).toEqual([
      { transform: 'add', level: 'unsafe', code: 'level', reason: 'it needs level unsafe: Add AS x', line: 1 },
    ]);
    expect(problems).toEqual([]);
  });

  it('is made at its level, which the report names', () => {
    const { after, changes, leftAlone } = run(TEXT, named, 'unsafe');
    expect(after).toBe(`FROM a AS x\nRUN b${CLEANUP}\nRUN c${CLEANUP}\n`);
    expect(changes.map(({ level, line }) => [level, line])).toEqual([
      ['unsafe', 1],
      ['safe', 2],
      ['safe', 3],
    ]);
    expect(leftAlone).toEqual([]);
  });

  it.each([
    ['guarded', 'guarded', 'FROM a AS x\n'],
    ['guarded', 'safe', 'FROM a\n'],
  ] as const)('that is %s is made or not by level %s', (own, level, after) => {
    const one = transform('safe', ['stages'], { FROM: [' AS x', own] });
    expect(run('FROM a\n', one, level).after).toBe(after);
  });

  it('may be of the level of its transform, which the caller has chosen whatever the level', () => {
    const one = transform('unsafe', ['stages'], { FROM: [' AS x', 'unsafe'] });
    expect(run('FROM a\n', one, 'safe')).toMatchObject({ after: 'FROM a AS x\n', changes: [{ level: 'unsafe' }] });
  });

  it('needs it even where its transform was chosen above the level of the run', () => {
    const one = transform('guarded', ['stages'], { FROM: [' AS x', 'unsafe'] });
    expect(run('FROM a\n', one, 'safe')).toMatchObject({ after: 'FROM a\n', leftAlone: [{ code: 'level' }] });
  });

  it.each(['safe', 'harmless', null] as readonly unknown[] as readonly Level[])(
    'breaks the contract when it is %s, and others are made',
    (own) => {
      const one = transform('guarded', ['stages', 'caches'], { FROM: [' AS x', own], RUN: [CLEANUP] });
      const { after, problems, leftAlone } = run('FROM a\nRUN b\n', one);
      expect(after).toBe(`FROM a\nRUN b${CLEANUP}\n`);
      expect(problems).toEqual([
        {
          kind: 'contract',
          transform: 'add',
          line: 1,
          message: `add: its change can't be ${JSON.stringify(own)}: the transform is guarded`,
        },
      ]);
      expect(leftAlone).toEqual([]);
    },
  );

  it('is not spoken of where a comment forbids it', () => {
    const text = `# dockmod-ignore\n${TEXT}`;
    expect(run(text, mixed).leftAlone).toMatchObject([{ code: 'ignored', level: 'unsafe' }]);
  });
});

describe('a safe change', () => {
  it('touches what safe allows alone, whatever its transform declares', () => {
    const one = transform('safe', ['user', 'caches'], { FROM: ['\nUSER 1'], RUN: [CLEANUP] });
    const { after, problems } = run('FROM a\nRUN b\n', one);
    expect(after).toBe(`FROM a\nRUN b${CLEANUP}\n`);
    expect(problems).toMatchObject([{ kind: 'contract', line: 1 }]);
    expect(problems[0]?.message).toContain('it may not change this: user');
  });

  it('is held to that beside one of a higher level, too', () => {
    const one = transform('safe', ['user', 'stages'], { FROM: [' AS x', 'guarded'], RUN: ['\nUSER 1'] });
    const { after, problems } = run('FROM a\nRUN b\n', one);
    expect(after).toBe('FROM a AS x\nRUN b\n');
    expect(problems).toMatchObject([{ kind: 'contract', line: 2 }]);
  });

  it('writes no file of the build context, which is what COPY copies', () => {
    const one: Transform = {
      ...transform('safe', ['files'], {}),
      *find({ dockerfile: { instructions } }) {
        for (const from of instructions)
          yield change('Write', from, [], [{ path: '.dockerignore', before: undefined, after: '.git\n' }]);
      },
    };
    expect(run('FROM a\n', one)).toMatchObject({ contextEdits: [], problems: [{ kind: 'contract', line: 1 }] });
    expect(run('FROM a\n', { ...one, level: 'guarded' }).contextEdits).toHaveLength(1);
  });
});
