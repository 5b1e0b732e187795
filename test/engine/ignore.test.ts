import { describe, expect, it } from 'vitest';
import { defineTransform } from '../../src/engine/define.js';
import { change } from '../../src/engine/finding.js';
import { fix } from '../../src/engine/fix.js';
import type { Result, Transform } from '../../src/engine/types.js';
import { shippedImages } from '../../src/facts/images/shipped.js';

/** Puts `two` into every CMD that has `one`. */
const reword = defineTransform({
  name: 'reword-command',
  group: 'test',
  summary: 'Reword.',
  level: 'guarded',
  covers: [],
  mayChange: ['cmd'],
  docs: '',
  *find({ dockerfile }) {
    for (const one of dockerfile.instructions)
      if (one.keyword === 'CMD' && one.body.text === 'one')
        yield change('Reword', one, [{ start: one.start, end: one.end, text: 'CMD two' }]);
  },
});
const other: Transform = { ...reword, name: 'sort-labels', *find() {} };

function run(text: string, transforms: readonly Transform[] = [reword, other]): Result {
  const facts = { context: undefined, noContext: undefined, images: shippedImages() };
  return fix(text, { transforms, known: [reword, other], facts });
}

const warningsOf = (text: string, transforms?: readonly Transform[]): readonly string[] =>
  run(text, transforms).warnings.map(({ line, message, toMend }) => `${line}${toMend ? '!' : ''} ${message}`);

describe('an ignore comment that is not written as one', () => {
  it.each([
    ['# dockmod ignore', 'it is no ignore comment: did you mean `# dockmod-ignore`?'],
    ['# dockmod-ignore: reword-command', 'it is no ignore comment: did you mean `# dockmod-ignore reword-command`?'],
    ['# dockmod-ignore=reword-command', 'it is no ignore comment: did you mean `# dockmod-ignore reword-command`?'],
    ['#dockmod:ignore', 'it is no ignore comment: did you mean `# dockmod-ignore`?'],
    ['# Dockmod-Ignore', 'it is no ignore comment: did you mean `# dockmod-ignore`?'],
    ['# dockmod-ignore-next-line', 'it is no ignore comment: did you mean `# dockmod-ignore`?'],
    ['# dockmod-ingore', 'it is no ignore comment: did you mean `# dockmod-ignore`?'],
    ['# docmod-ignore', 'it is no ignore comment: did you mean `# dockmod-ignore`?'],
    ['# dockmod-disable sort-labels', 'it is no ignore comment: did you mean `# dockmod-ignore sort-labels`?'],
    ['# dockmod-ignore reword-comand', 'no transform is called reword-comand: did you mean reword-command?'],
    ['# dockmod-ignore zzzzzz', 'no transform is called zzzzzz: `dockmod list` names them'],
    ['# dockmod-ignore until it is rebuilt', 'no transforms are called until it is rebuilt: a reason goes after --'],
    [
      '# dockmod-ignore-file',
      'it counts only above the first instruction: `# dockmod-ignore` speaks of one instruction',
    ],
  ])('%s', (comment, message) => {
    const text = `FROM a\n${comment}\nCMD one\n`;
    const { after, leftAlone } = run(text);
    expect(after).toBe(text);
    expect(leftAlone).toMatchObject([{ code: 'ignored', line: 3 }]);
    expect(warningsOf(text)).toEqual([`2! ${message}`]);
  });

  it('holds for the whole file where it speaks of it', () => {
    const text = '# dockmod ignore-file\nFROM a\nCMD one\n';
    expect(run(text).after).toBe(text);
    expect(warningsOf(text)).toEqual(['1! it is no ignore comment: did you mean `# dockmod-ignore-file`?']);
  });

  it('holds in the middle of an instruction', () => {
    const text = 'FROM a\nCMD \\\n# dockmod-ignore\none\n';
    expect(run(text).after).toBe(text);
    expect(warningsOf(text)).toEqual(['3! it counts only above the instruction, not in the middle of it']);
  });

  it.each(['# dockmod pins this', '# see dockmod.config.json', '# docker-ignore', '# ignore dockmod', '# dockmod'])(
    'is told from a remark: %s',
    (comment) => {
      expect(run(`FROM a\n${comment}\nCMD one\n`)).toMatchObject({
        after: `FROM a\n${comment}\nCMD two\n`,
        warnings: [],
      });
    },
  );
});

describe('an ignore comment that ignores nothing', () => {
  it('is reported, and nothing has to be mended', () => {
    expect(warningsOf('FROM a\n# dockmod-ignore\nCMD three\n')).toEqual([
      '2 the comment ignores nothing: no transform finds anything here',
    ]);
    expect(warningsOf('FROM a\n# dockmod-ignore sort-labels\nCMD one\n')).toEqual([
      '2 the comment ignores nothing: sort-labels finds nothing here',
    ]);
    expect(warningsOf('FROM a\n# dockmod-ignore\n\nCMD one\n')).toEqual([
      '2 the comment ignores nothing: it is not directly above an instruction',
    ]);
  });

  it('is told from one that does, after other changes too', () => {
    expect(warningsOf('FROM a\n# dockmod-ignore\nCMD one\n')).toEqual([]);
    expect(warningsOf('# dockmod-ignore-file sort-labels, reword-command\nFROM a\nCMD one\n')).toEqual([]);
    const above = 'FROM a AS b\nCMD one\nFROM a\n# dockmod-ignore reword-command -- on purpose\nCMD one\n';
    expect(run(above)).toMatchObject({ after: above.replace('one', 'two'), warnings: [] });
  });

  it('is not judged by a run that leaves out what it speaks of', () => {
    expect(warningsOf('FROM a\n# dockmod-ignore sort-labels\nCMD one\n', [reword])).toEqual([]);
    expect(warningsOf('FROM a\n# dockmod-ignore\nCMD three\n', [reword])).toEqual([]);
  });
});

it('reads a comment of 40 kB in no time', () => {
  const began = performance.now();
  for (const filler of [' ', '-', ' -', ',', ':']) run(`FROM a\n# dockmod-ignore${filler.repeat(40_000)}\nCMD one\n`);
  run(`FROM a\n#${' '.repeat(40_000)}dockmod\nCMD one\n`);
  expect(performance.now() - began).toBeLessThan(1000);
});
