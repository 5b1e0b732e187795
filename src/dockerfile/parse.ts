import { readDirectives } from './directives.js';
import { sliceLogical } from './logical.js';
import { readLines, type InstructionLines } from './lines.js';
import { groupStages } from './stages.js';
import {
  DockerfileError,
  type Dockerfile,
  type Instruction,
  type LogicalText,
  type Range,
  type Word,
} from './types.js';
import { noPairs, parseJsonForm, readFlags, splitWords } from './words.js';

const KEYWORDS = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);
const JSON_FORM = new Set(['ADD', 'CMD', 'COPY', 'ENTRYPOINT', 'RUN', 'SHELL', 'VOLUME']);
const PAIRED = new Set(['ENV', 'LABEL']);
const BOM = '\uFEFF';

/**
 * Reads a Dockerfile without losing a byte of it.
 * @throws DockerfileError where BuildKit would refuse the file too: an unknown instruction, no FROM, an unterminated heredoc,
 *   an ENV or LABEL that holds no pairs
 */
export function parseDockerfile(source: string): Dockerfile {
  const text = source.startsWith(BOM) ? source.slice(1) : source;
  const { directives, escape, start, line } = readDirectives(text);
  const lines = readLines(text, start, line, escape);
  const instructions: Instruction[] = [];
  let stageIndex = -1;
  for (const [index, found] of lines.instructions.entries()) {
    const instruction = readInstruction(found, found.logical, index, stageIndex, escape);
    stageIndex = instruction.stageIndex;
    instructions.push(instruction);
    if (stageIndex === -1 && instruction.keyword !== 'ARG')
      throw new DockerfileError(`${instruction.keyword} is before the first FROM`, instruction.startLine);
  }
  const { globals, argumentDefaults, stages } = groupStages(instructions, escape);
  if (stages.length === 0) throw new DockerfileError('no FROM: this is not a Dockerfile that builds an image', 1);
  return {
    text,
    newline: usualNewline(text),
    escape,
    directives,
    comments: lines.comments,
    instructions,
    globals,
    argumentDefaults,
    stages,
  };
}

function readInstruction(
  lines: InstructionLines,
  logical: LogicalText,
  index: number,
  stageIndex: number,
  escape: string,
): Instruction {
  const word = firstWord(logical);
  const keyword = word.toUpperCase();
  if (!KEYWORDS.has(keyword))
    throw new DockerfileError(`unknown instruction ${JSON.stringify(word.slice(0, 60))}`, lines.startLine);
  const { flags, next } = readFlags(logical, word.length, escape);
  const body = sliceLogical(logical, next, Math.max(next, logical.text.trimEnd().length));
  const trigger = keyword === 'ONBUILD' ? readTrigger(lines, body, stageIndex, escape) : undefined;
  const start = logical.sourceStart(0);
  const instruction = new ParsedInstruction(lines, escape, {
    start,
    index,
    stageIndex: keyword === 'FROM' ? stageIndex + 1 : stageIndex,
    keyword,
    keywordRange: { start, end: logical.sourceEnd(word.length) },
    flags,
    body,
    json: JSON_FORM.has(keyword) ? parseJsonForm(body.text) : undefined,
    trigger,
  });
  const wrong = PAIRED.has(keyword) ? noPairs(instruction) : undefined;
  if (wrong !== undefined) throw new DockerfileError(`${keyword} ${wrong}`, lines.startLine);
  return instruction;
}

function firstWord({ text }: LogicalText): string {
  return /^\S+/.exec(text)?.[0] ?? '';
}

/** Undefined for what is no instruction, such as a comment: the builder stores it as it is, and builds FROM this image read it. */
function readTrigger(
  lines: InstructionLines,
  body: LogicalText,
  stageIndex: number,
  escape: string,
): Instruction | undefined {
  const word = firstWord(body);
  if (word === '') throw new DockerfileError('ONBUILD holds no instruction', lines.startLine);
  return KEYWORDS.has(word.toUpperCase()) ? readInstruction(lines, body, -1, stageIndex, escape) : undefined;
}

type Parts = Pick<
  Instruction,
  'start' | 'index' | 'stageIndex' | 'keyword' | 'keywordRange' | 'flags' | 'body' | 'json' | 'trigger'
>;

/** Its words are split when they are asked for: most are not, and a RUN has many. */
class ParsedInstruction implements Instruction {
  readonly start: number;
  readonly end: number;
  readonly index: number;
  readonly stageIndex: number;
  readonly keyword: string;
  readonly keywordRange: Range;
  readonly flags: Instruction['flags'];
  readonly body: LogicalText;
  readonly json: Instruction['json'];
  readonly heredocs: Instruction['heredocs'];
  readonly comments: readonly Range[];
  readonly startLine: number;
  readonly endLine: number;
  readonly trigger: Instruction | undefined;
  private split: readonly Word[] | undefined;

  constructor(
    lines: InstructionLines,
    private readonly escape: string,
    parts: Parts,
  ) {
    this.start = parts.start;
    this.end = lines.end;
    this.index = parts.index;
    this.stageIndex = parts.stageIndex;
    this.keyword = parts.keyword;
    this.keywordRange = parts.keywordRange;
    this.flags = parts.flags;
    this.body = parts.body;
    this.json = parts.json;
    this.heredocs = lines.heredocs;
    this.comments = lines.comments;
    this.startLine = lines.startLine;
    this.endLine = lines.endLine;
    this.trigger = parts.trigger;
  }

  get words(): readonly Word[] {
    return (this.split ??= splitWords(this.body, this.keyword, this.escape));
  }
}

function usualNewline(text: string): '\n' | '\r\n' {
  const all = text.split('\n').length - 1;
  return all > 0 && (text.match(/\r\n/g)?.length ?? 0) * 2 > all ? '\r\n' : '\n';
}
