import { DockerfileParser } from 'dockerfile-ast';
import { sliceLogical } from './logical.js';
import { readLines, type InstructionLines } from './lines.js';
import { groupStages } from './stages.js';
import {
  DockerfileError,
  type Directive,
  type Dockerfile,
  type Instruction,
  type LogicalText,
  type Word,
} from './types.js';
import { parseJsonForm, readFlags, splitWords } from './words.js';

const KEYWORDS = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);
const JSON_FORM = new Set(['ADD', 'CMD', 'COPY', 'ENTRYPOINT', 'RUN', 'SHELL', 'VOLUME']);
const BOM = '\uFEFF';

/**
 * Reads a Dockerfile without losing a byte of it.
 * @throws DockerfileError where BuildKit would refuse the file too: an unknown instruction, no FROM, an unterminated heredoc
 */
export function parseDockerfile(source: string): Dockerfile {
  const bom = source.startsWith(BOM);
  const text = bom ? source.slice(1) : source;
  const { directives, escape, start, line } = readDirectives(text);
  const lines = readLines(text, start, line, escape);
  const instructions: Instruction[] = [];
  let stageIndex = -1;
  for (const [index, found] of lines.instructions.entries()) {
    const instruction = readInstruction(found, found.logical, index, stageIndex, escape);
    if (instruction.keyword === 'FROM') stageIndex++;
    instructions.push(instruction.keyword === 'FROM' ? { ...instruction, stageIndex } : instruction);
    if (stageIndex === -1 && instruction.keyword !== 'ARG')
      throw new DockerfileError(`${instruction.keyword} stands before the first FROM`, instruction.startLine);
  }
  const { globals, stages } = groupStages(instructions);
  if (stages.length === 0) throw new DockerfileError('no FROM: this is not a Dockerfile that builds an image', 1);
  return {
    text,
    bom,
    newline: usualNewline(text),
    escape,
    directives,
    comments: lines.comments,
    instructions,
    globals,
    stages,
  };
}

interface Head {
  readonly directives: readonly Directive[];
  readonly escape: '\\' | '`';
  /** Offset and 1-based number of the first line behind the directives. */
  readonly start: number;
  readonly line: number;
}

/** The parser directives, read by dockerfile-ast from the leading comment lines alone. */
function readDirectives(text: string): Head {
  const head = /^(?:[ \t]*#[^\n]*(?:\n|$))*/.exec(text)?.[0] ?? '';
  if (!head.includes('=')) return { directives: [], escape: '\\', start: 0, line: 1 };
  const parsed = DockerfileParser.parse(head);
  const starts = lineStarts(head);
  const directives: Directive[] = [];
  const seen = new Set<string>();
  for (const directive of parsed.getDirectives()) {
    const name = directive.getName().toLowerCase();
    if (!['syntax', 'escape', 'check'].includes(name) || seen.has(name)) break;
    seen.add(name);
    const { start, end } = directive.getRange();
    directives.push({
      name,
      value: directive.getValue(),
      range: { start: (starts[start.line] ?? 0) + start.character, end: (starts[end.line] ?? 0) + end.character },
    });
  }
  const escape = directives.find((directive) => directive.name === 'escape')?.value;
  const start = starts[directives.length] ?? head.length;
  return { directives, escape: escape === '`' ? '`' : '\\', start, line: directives.length + 1 };
}

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
}

function readInstruction(
  lines: InstructionLines,
  logical: LogicalText,
  index: number,
  stageIndex: number,
  escape: string,
): Instruction {
  const word = /^\S+/.exec(logical.text)?.[0] ?? '';
  const keyword = word.toUpperCase();
  if (!KEYWORDS.has(keyword))
    throw new DockerfileError(`unknown instruction ${JSON.stringify(word.slice(0, 60))}`, lines.startLine);
  const { flags, next } = readFlags(logical, word.length, escape);
  const body = sliceLogical(logical, next, Math.max(next, logical.text.trimEnd().length));
  let words: readonly Word[] | undefined;
  const trigger = keyword === 'ONBUILD' ? readInstruction(lines, body, -1, stageIndex, escape) : undefined;
  return {
    start: logical.sourceStart(0),
    end: lines.end,
    index,
    stageIndex,
    keyword,
    keywordRange: { start: logical.sourceStart(0), end: logical.sourceEnd(word.length) },
    flags,
    body,
    // Most are never asked for, and a RUN has many.
    get words() {
      return (words ??= splitWords(body, keyword, escape));
    },
    json: JSON_FORM.has(keyword) ? parseJsonForm(body.text) : undefined,
    heredocs: lines.heredocs,
    comments: lines.comments,
    startLine: lines.startLine,
    endLine: lines.endLine,
    trigger,
  };
}

function usualNewline(text: string): '\n' | '\r\n' {
  const all = text.split('\n').length - 1;
  return all > 0 && (text.match(/\r\n/g)?.length ?? 0) * 2 > all ? '\r\n' : '\n';
}
