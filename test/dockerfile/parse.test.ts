import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../src/dockerfile/parse.js';
import { readersAgree } from '../../src/dockerfile/second-reader.js';
import { DockerfileError, type Instruction } from '../../src/dockerfile/types.js';

const lines = (...all: string[]): string => all.join('\n') + '\n';

function only(text: string, index = 1): Instruction {
  const instruction = parseDockerfile(text).instructions[index];
  if (instruction === undefined) throw new Error(`no instruction ${index}`);
  return instruction;
}

describe('instructions', () => {
  it('joins continued lines and drops the comment and blank lines between them', () => {
    const text = lines('FROM a', 'RUN one && \\', '  # why two', '', '  two \\', '  three', 'CMD x');
    const run = only(text);
    expect(run.body.text).toBe('one &&   two   three');
    expect([run.startLine, run.endLine]).toEqual([2, 6]);
    expect(run.comments.map(({ start, end }) => text.slice(start, end))).toEqual(['# why two']);
  });

  it('maps offsets of the joined text back to the source', () => {
    const text = lines('FROM a', 'RUN one && \\', '# why', '  two');
    const { body } = only(text);
    const offset = body.text.indexOf('two');
    expect(text.slice(body.sourceStart(offset), body.sourceEnd(offset + 3))).toBe('two');
    expect(text.slice(body.sourceStart(0), body.sourceEnd(3))).toBe('one');
  });

  it('continues a line that ends in the escape character and blanks, but not in two of them', () => {
    expect(parseDockerfile('FROM a\nRUN b \\  \n c\n').instructions).toHaveLength(2);
    expect(parseDockerfile('FROM a\nRUN b \\\\\nRUN c\n').instructions).toHaveLength(3);
  });

  it('continues with a backtick where the escape directive says so', () => {
    const { escape, instructions } = parseDockerfile('# escape=`\nFROM a\nRUN dir c:\\ `\n  d\n');
    expect(escape).toBe('`');
    expect(instructions[1]?.body.text).toBe('dir c:\\   d');
  });

  it('reads flags up to the first argument', () => {
    const copy = only('FROM a\nCOPY --from=b --chown="1:1" --link src dst\n');
    expect(copy.flags.map(({ name, value }) => [name, value])).toEqual([
      ['from', 'b'],
      ['chown', '1:1'],
      ['link', undefined],
    ]);
    expect(copy.words.map((word) => word.text)).toEqual(['src', 'dst']);
  });

  it('takes a JSON array for the exec form, and anything behind it for the shell form', () => {
    expect(only('FROM a\nCMD ["node", "x.js"]\n').json).toEqual(['node', 'x.js']);
    expect(only('FROM a\nCMD ["node"] # start\n').json).toBeUndefined();
    expect(only("FROM a\nCMD ['node']\n").json).toBeUndefined();
  });

  it('keeps blanks inside the quotes of ENV, ARG and LABEL together', () => {
    expect(only('FROM a\nENV A="b c" D=e\\ f\n').words.map((word) => word.text)).toEqual(['A="b c"', 'D=e\\ f']);
  });

  it('reads the instruction behind ONBUILD', () => {
    const onbuild = only('FROM a\nONBUILD COPY --chown=1 x y\n');
    expect(onbuild.trigger?.keyword).toBe('COPY');
    expect(onbuild.trigger?.flags[0]?.name).toBe('chown');
  });

  it.each(['ONBUILD #x', 'ONBUILD   # what comes later', 'ONBUILD RUNN x'])(
    'takes %j, which the builder stores unread',
    (line) => {
      const text = `FROM a\n${line}\nRUN b\n`;
      expect(parseDockerfile(text).instructions.map(({ keyword }) => keyword)).toEqual(['FROM', 'ONBUILD', 'RUN']);
      expect(only(text).trigger).toBeUndefined();
    },
  );
});

describe('heredocs', () => {
  it('belong to the instruction that opens them', () => {
    const text = lines('FROM a', 'RUN <<EOF', 'FROM not-a-stage', 'EOF', 'COPY <<-"X" <<Y /d/', '\tx', '\tX', 'y', 'Y');
    const [, run, copy] = parseDockerfile(text).instructions;
    expect(run?.heredocs.map(({ body }) => text.slice(body.start, body.end))).toEqual(['FROM not-a-stage\n']);
    expect(copy?.heredocs.map(({ delimiter, expand, stripTabs }) => [delimiter, expand, stripTabs])).toEqual([
      ['X', false, true],
      ['Y', true, false],
    ]);
  });

  it('are not opened by the exec form nor by << inside quotes', () => {
    expect(only('FROM a\nRUN echo "<<EOF"\n').heredocs).toEqual([]);
    expect(only('FROM a\nRUN ["cat", "<<EOF"]\n').heredocs).toEqual([]);
  });
});

describe('stages', () => {
  it('know their parents, whatever the casing', () => {
    const { stages } = parseDockerfile('FROM node AS Base\nFROM base AS app\nFROM other\n');
    expect(stages.map((stage) => stage.parent?.index)).toEqual([undefined, 0, undefined]);
    expect(stages.map((stage) => stage.from.name)).toEqual(['base', 'app', undefined]);
    expect(stages.map((stage) => stage.isFinal)).toEqual([false, false, true]);
  });

  it('take a name that is defined later for an image', () => {
    expect(parseDockerfile('FROM b AS a\nFROM a AS b\n').stages[0]?.parent).toBeUndefined();
  });
});

describe('the file around them', () => {
  it('are without their byte order mark, with their line endings', () => {
    const dockerfile = parseDockerfile('\uFEFFFROM a\r\nRUN b \\\r\n  c\r\n');
    expect(dockerfile.text.startsWith('FROM a\r\n')).toBe(true);
    expect(dockerfile.newline).toBe('\r\n');
    expect(dockerfile.instructions[1]?.body.text).toBe('b   c');
  });

  it('reads directives in the first lines alone', () => {
    const head = parseDockerfile('# syntax=docker/dockerfile:1\n# check=skip=all\n\n# escape=`\nFROM a\n');
    expect(head.directives.map(({ name, value }) => [name, value])).toEqual([
      ['syntax', 'docker/dockerfile:1'],
      ['check', 'skip=all'],
    ]);
    expect(head.escape).toBe('\\');
    expect(head.comments).toHaveLength(1);
  });

  it.each([
    ['a value ends them', '# syntax=\n# escape=`\nFROM a\n', '\\'],
    ['blanks of Unicode are blanks', '#\u00A0 escape=`\nFROM a\n', '`'],
    ['a blank before the sign', '  # escape=`\nFROM a\n', '`'],
    ['another comment ends them', '# a\n# escape=`\nFROM a\n', '\\'],
  ])('reads directives as BuildKit does: %s', (_, text, escape) => expect(parseDockerfile(text).escape).toBe(escape));

  it.each(['FROM a\nRUN x \\\n', 'FROM a\nRUN x \\\n# y\n', 'FROM a\nRUN x \\'])(
    'reads %j, whose last line goes on',
    (text) => expect(parseDockerfile(text).instructions[1]?.body.text).toBe('x'),
  );

  it.each([
    ['', 1, 'no FROM'],
    ['# nothing\n', 1, 'no FROM'],
    ['ARG A\n', 1, 'no FROM'],
    ['FROM a\nONBUILD\n', 2, 'ONBUILD holds no instruction'],
    ['RUN x\nFROM a\n', 1, 'RUN is before the first FROM'],
    ['FROM a\nFRMO b\n', 2, 'unknown instruction "FRMO"'],
    ['FROM a\nRUN <<EOF\nx\n', 2, 'unterminated heredoc'],
    ['# syntax=a\n# syntax=b\nFROM a\n', 2, 'only one syntax'],
    ['# escape=x\nFROM a\n', 1, 'the escape character'],
    ['FROM a as\n', 1, 'FROM takes an image'],
    ['FROM a\nENV A\n', 2, 'ENV has a name without a value: A'],
    ['FROM a\nENV A=b c\n', 2, 'ENV has a word that is no name=value: c'],
    ['FROM a\nONBUILD LABEL x\n', 2, 'LABEL has a name without a value: x'],
    ['# escape=`\nFROM a\nLABEL A=a\\ b\n', 3, 'LABEL has a word that is no name=value: b'],
  ])('refuses %j with line %i', (text, line, message) => {
    const error = (() => {
      try {
        parseDockerfile(text);
        return undefined;
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toBeInstanceOf(DockerfileError);
    expect(error).toMatchObject({ line, message: expect.stringContaining(message) as string });
  });

  it('loses no character: what is between the instructions is blank, comment or directive', () => {
    const piece = fc.constantFrom(
      'RUN a && \\\n  b',
      'RUN <<E\nx\nE',
      'COPY a b',
      '# c',
      '',
      '  ENV a=b',
      'run x\\\n# i\n\ny',
      'CMD ["a"]',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        (pieces, newline, final) => {
          const text = (['FROM a', ...pieces].join('\n') + (final ? '\n' : '')).replaceAll('\n', newline);
          const dockerfile = parseDockerfile(text);
          let rest = '';
          let offset = 0;
          for (const { start, end } of [...dockerfile.instructions, ...dockerfile.comments].sort(
            (a, b) => a.start - b.start,
          )) {
            rest += dockerfile.text.slice(offset, start);
            offset = end;
          }
          expect(rest + dockerfile.text.slice(offset)).toMatch(/^\s*$/);
          expect(readersAgree(dockerfile)).toBe(true);
        },
      ),
    );
  });
});
