import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/dockerfile/edit.js';
import { parseDockerfile } from '../../src/dockerfile/parse.js';
import type { Dockerfile, Edit, Instruction } from '../../src/dockerfile/types.js';
import { appendCommands, openRun } from '../../src/edits/run-append.js';
import { chainLink, extendChain, startChain, type ChainLink } from '../../src/edits/run-chain.js';
import { joinRuns, moveIntoRun } from '../../src/edits/run-join.js';
import { insertCommand, insertOption, removeCommand } from '../../src/edits/run-members.js';
import { shippedImages } from '../../src/facts/images/shipped.js';
import { imageState } from '../../src/image/state.js';
import { isRefusal, type Refusal } from '../../src/refusal.js';
import { memberOf } from '../../src/shell/command-list.js';
import { runScript, type RunScript } from '../../src/shell/run.js';
import type { Command } from '../../src/shell/types.js';

function edited(text: string, edits: (dockerfile: Dockerfile) => readonly Edit[]): string {
  const dockerfile = parseDockerfile(text);
  return applyEdits(dockerfile.text, edits(dockerfile));
}

function sure<T>(found: T | Refusal | undefined): T {
  if (found === undefined) throw new Error('nothing was found');
  if (isRefusal(found)) throw new Error(found.reason);
  return found;
}

function runs({ instructions }: Dockerfile): readonly Instruction[] {
  return instructions.filter(({ keyword }) => keyword === 'RUN');
}

/** Images that start in the root, which no RUN can take away. */
const IN_THE_ROOT = { ...shippedImages(), base: () => shippedImages().base('debian') };

function links(dockerfile: Dockerfile): readonly ChainLink[] {
  const image = imageState(dockerfile, IN_THE_ROOT);
  return runs(dockerfile).map((run) => sure(chainLink(dockerfile, image, run)));
}

describe('RUNs', () => {
  const join = (text: string): string =>
    edited(text, (dockerfile) => {
      const [first, ...others] = links(dockerfile);
      const chain = startChain(sure(first));
      for (const link of others) expect(extendChain(chain, link)).toBeUndefined();
      return joinRuns(dockerfile, chain);
    });

  it.each([
    ['FROM a\nRUN b\nRUN c\n', 'FROM a\nRUN b && \\\n    c\n'],
    ['FROM a\nRUN b\nRUN c', 'FROM a\nRUN b && \\\n    c'],
    ['FROM a\r\nRUN b\r\nRUN c\r\nRUN d\r\n', 'FROM a\r\nRUN b && \\\r\n    c && \\\r\n    d\r\n'],
    ['# escape=`\nFROM a\nRUN b\nRUN c\n', '# escape=`\nFROM a\nRUN b && `\n    c\n'],
    ['FROM a\nRUN b && \\\n\tc\nRUN d\n', 'FROM a\nRUN b && \\\n\tc && \\\n\td\n'],
    ['FROM a\nRUN b\nRUN c \\\n && d\n', 'FROM a\nRUN b \\\n && c \\\n && d\n'],
    ['FROM a\nRUN b \\\n      c\nRUN d\n', 'FROM a\nRUN b \\\n      c && \\\n      d\n'],
    ['FROM a\nRUN b\n\n# c, \t\n# and more\n\nRUN c\n', 'FROM a\nRUN b && \\\n    # c,\n    # and more\n    c\n'],
    ['FROM a\nRUN b \\\n  && c\n# d\nRUN d\n', 'FROM a\nRUN b \\\n  && c \\\n  # d\n  && d\n'],
    ['FROM a\nRUN b; c\nRUN d || e;\n', 'FROM a\nRUN { b; c; } && \\\n    { d || e; }\n'],
    ['FROM a\nRUN b\nRUN c; d\nRUN e\n', 'FROM a\nRUN b && \\\n    { c; d; } && \\\n    e\n'],
    ['FROM a\nRUN --mount=type=ssh b\nRUN --mount=type=ssh c\n', 'FROM a\nRUN --mount=type=ssh b && \\\n    c\n'],
  ])('%j are joined to %j', (text, expected) => {
    expect(join(text)).toBe(expected);
  });

  const move = (text: string): string =>
    edited(text, (dockerfile) => {
      const [from, into] = links(dockerfile);
      return moveIntoRun(dockerfile, sure(from), sure(into));
    });

  it.each([
    ['FROM a\nRUN b\nLABEL c=d\nRUN e\n', 'FROM a\nLABEL c=d\nRUN b && \\\n    e\n'],
    ['FROM a\n# b\nRUN b\n\nLABEL c=d\nRUN e', 'FROM a\n\nLABEL c=d\n# b\nRUN b && \\\n    e'],
    [
      'FROM a\r\nRUN b\r\nLABEL c=d\r\nRUN e \\\r\n\t&& f\r\n',
      'FROM a\r\nLABEL c=d\r\nRUN b \\\r\n\t&& e \\\r\n\t&& f\r\n',
    ],
    ['FROM a\nRUN b && \\\n  c\nLABEL d=e\nRUN f\n', 'FROM a\nLABEL d=e\nRUN b && \\\n  c && \\\n  f\n'],
  ])('%j: the first moves into the second: %j', (text, expected) => {
    expect(move(text)).toBe(expected);
  });

  const append = (text: string, commands: readonly string[]): string =>
    edited(text, (dockerfile) => {
      const { config } = sure(imageState(dockerfile).stages[0]);
      const open = openRun(dockerfile, sure(runs(dockerfile)[0]), config);
      return [appendCommands(dockerfile, sure(open), commands)];
    });

  it.each([
    ['FROM a\nRUN b\n', 'FROM a\nRUN b && y && z\n'],
    ['FROM a\nRUN b && c ;', 'FROM a\nRUN b && c && y && z ;'],
    ['FROM a\nRUN set -e; b; c\n', 'FROM a\nRUN set -e; b; c; y; z\n'],
    ['FROM a\r\nRUN b && \\\r\n\tc\r\n', 'FROM a\r\nRUN b && \\\r\n\tc && \\\r\n\ty && \\\r\n\tz\r\n'],
    ['FROM a\nRUN b \\\n # c\n && c', 'FROM a\nRUN b \\\n # c\n && c \\\n && y \\\n && z'],
    ['FROM a\nRUN b \\\n  c\nCMD d\n', 'FROM a\nRUN b \\\n  c \\\n  && y \\\n  && z\nCMD d\n'],
    ['FROM a\nRUN set -e; \\\n  b; \\\n  c\n', 'FROM a\nRUN set -e; \\\n  b; \\\n  c; \\\n  y; \\\n  z\n'],
    ['# escape=`\nFROM a\nRUN b && `\n  c\n', '# escape=`\nFROM a\nRUN b && `\n  c && `\n  y && `\n  z\n'],
    ['FROM a\nRUN <<E\nb\nE\n', 'FROM a\nRUN <<E\nb &&\n    y &&\n    z\nE\n'],
    ['FROM a\r\nRUN <<E\r\nset -e\r\nb\r\nE\r\n', 'FROM a\r\nRUN <<E\r\nset -e\r\nb\r\ny\r\nz\r\nE\r\n'],
  ])('%j with two more commands is %j', (text, expected) => {
    expect(append(text, ['y', 'z'])).toBe(expected);
  });

  it.each([
    ['FROM a\nSHELL ["pwsh", "-c"]\nRUN b\n', 'SHELL'],
    ['FROM a\nRUN ["b"]\n', 'exec form'],
    ['FROM a\nRUN b &\n', 'background'],
    ['FROM a\nSHELL ["/bin/bash", "-e", "-c"]\nRUN b && (c; d)\n', 'set -e'],
  ])('%j has no place for another command: %s', (text, reason) => {
    const dockerfile = parseDockerfile(text);
    const open = openRun(dockerfile, sure(runs(dockerfile)[0]), sure(imageState(dockerfile).stages[0]).config);
    expect(isRefusal(open) && open.reason).toContain(reason);
  });
});

describe('commands of a RUN', () => {
  interface Place {
    readonly dockerfile: Dockerfile;
    readonly instruction: Instruction;
    readonly run: RunScript;
    readonly command: Command;
  }
  const at = (text: string, name: string): Place => {
    const dockerfile = parseDockerfile(text);
    const instruction = sure(runs(dockerfile)[0]);
    const run = sure(runScript(dockerfile, instruction));
    const command = sure(run.script.commands.find((one) => one.name?.text === name));
    return { dockerfile, instruction, run, command };
  };

  it.each([
    ['FROM a\nRUN b && x\n', 'FROM a\nRUN b && y && x\n'],
    ['FROM a\nRUN x \\\n  c', 'FROM a\nRUN y && x \\\n  c'],
    ['FROM a\r\nRUN b && \\\r\n\tx\r\n', 'FROM a\r\nRUN b && \\\r\n\ty && \\\r\n\tx\r\n'],
    ['FROM a\nRUN b \\\n # c\n && x\n', 'FROM a\nRUN b \\\n # c\n && y \\\n && x\n'],
    ['# escape=`\nFROM a\nRUN x && `\n  b\n', '# escape=`\nFROM a\nRUN y && `\n  x && `\n  b\n'],
    ['FROM a\nRUN <<E\nb\nx\nE\n', 'FROM a\nRUN <<E\nb\ny &&\n    x\nE\n'],
  ])('%j with one before x is %j', (text, expected) => {
    const { dockerfile, instruction, run, command } = at(text, 'x');
    const member = sure(memberOf(run.script, command));
    expect(applyEdits(text, [insertCommand(dockerfile, instruction, run, member, 'y')])).toBe(expected);
  });

  it.each([
    ['FROM a\nRUN x && b\n', 'FROM a\nRUN b\n'],
    ['FROM a\nRUN b && x && c\n', 'FROM a\nRUN b && c\n'],
    ['FROM a\nRUN b; x && c\n', 'FROM a\nRUN b; c\n'],
    ['FROM a\nRUN b && x; c\n', 'FROM a\nRUN b; c\n'],
    ['FROM a\nRUN b; x; c\n', 'FROM a\nRUN b; c\n'],
    ['FROM a\nRUN b && x', 'FROM a\nRUN b'],
    ['FROM a\nRUN b && x && c || d\n', 'FROM a\nRUN b && c || d\n'],
    ['FROM a\r\nRUN x && \\\r\n\tb\r\n', 'FROM a\r\nRUN b\r\n'],
    ['FROM a\r\nRUN b && \\\r\n\tx && \\\r\n\tc\r\n', 'FROM a\r\nRUN b && \\\r\n\tc\r\n'],
    ['FROM a\nRUN b \\\n && x \\\n && c\n', 'FROM a\nRUN b \\\n && c\n'],
    ['FROM a\nRUN b \\\n && x', 'FROM a\nRUN b'],
    ['# escape=`\nFROM a\nRUN b && `\n  x\n', '# escape=`\nFROM a\nRUN b\n'],
    ['FROM a\nRUN <<E\nx\nb\nE\n', 'FROM a\nRUN <<E\nb\nE\n'],
    ['FROM a\r\nRUN <<E\r\nb\r\nx\r\nc\r\nE\r\n', 'FROM a\r\nRUN <<E\r\nb\r\nc\r\nE\r\n'],
    ['FROM a\nRUN b && \\\n  # c\n  c && \\\n  x\n', 'FROM a\nRUN b && \\\n  # c\n  c\n'],
  ])('%j without x is %j', (text, expected) => {
    const { dockerfile, run, command } = at(text, 'x');
    expect(applyEdits(text, [sure(removeCommand(dockerfile, run, command))])).toBe(expected);
  });

  it.each([
    'FROM a\nRUN x\n',
    'FROM a\nRUN b; x\n',
    'FROM a\nRUN b || x && c\n',
    'FROM a\nRUN x || b\n',
    'FROM a\nRUN b && x || c\n',
    'FROM a\nRUN b & x & c\n',
    'FROM a\nRUN x && \\\n  # b\n  b\n',
    'FROM a\nRUN <<E\nx\n# b\nb\nE\n',
  ])('%j does not give x away', (text) => {
    const { dockerfile, run, command } = at(text, 'x');
    expect(removeCommand(dockerfile, run, command)).toBeUndefined();
  });

  it('get an option after one of their words', () => {
    const text = 'FROM a\nRUN b && x \\\n  add c\n';
    const { run, command } = at(text, 'x');
    expect(applyEdits(text, [insertOption(run, sure(command.args[0]), '--no-cache')])).toBe(
      'FROM a\nRUN b && x \\\n  add --no-cache c\n',
    );
  });
});
