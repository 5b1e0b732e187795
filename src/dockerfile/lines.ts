import { DockerfileError, type Range } from './types.js';
import { findHeredocMarkers, type HeredocMarker } from './heredoc.js';
import { joinPieces } from './logical.js';
import type { Heredoc, LogicalText } from './types.js';

/** One instruction as BuildKit's line reader cuts it out of the file. */
export interface InstructionLines extends Range {
  readonly logical: LogicalText;
  /** From `#` to the end of the line, for comment lines inside a continued instruction. */
  readonly comments: readonly Range[];
  readonly heredocs: readonly Heredoc[];
  readonly startLine: number;
  readonly endLine: number;
}

export interface Lines {
  readonly instructions: readonly InstructionLines[];
  readonly comments: readonly Range[];
}

interface Line extends Range {
  /** End of the content: without line feed and carriage returns. */
  readonly content: number;
}

/**
 * Cuts a Dockerfile into instructions by the rules of BuildKit's parser: a line goes on when it ends in a single escape
 * character and blanks; comment and blank lines within are dropped; heredoc bodies belong to the line that opens them.
 * `start` is where the directives end, a line boundary.
 * @throws DockerfileError for an unterminated heredoc
 */
export function readLines(text: string, start: number, startLine: number, escape: string): Lines {
  const instructions: InstructionLines[] = [];
  const comments: Range[] = [];
  const reader = lineReader(text, start, startLine);
  for (let line = reader.next(); line !== undefined; line = reader.next()) {
    const first = skipBlanks(text, line.start, line.content);
    if (first === line.content) continue;
    if (text[first] === '#') comments.push({ start: first, end: line.content });
    else {
      const found = readInstruction(text, reader, line, first, escape);
      if (found !== undefined) instructions.push(found);
    }
  }
  return { instructions, comments };
}

interface Reader {
  next(): Line | undefined;
  /** Number of the line that `next` gave last, 1-based. */
  number(): number;
}

function lineReader(text: string, start: number, startLine: number): Reader {
  let offset = start;
  let number = startLine - 1;
  return {
    next() {
      if (offset >= text.length) return undefined;
      const feed = text.indexOf('\n', offset);
      const end = feed === -1 ? text.length : feed + 1;
      let content = feed === -1 ? text.length : feed;
      while (content > offset && text[content - 1] === '\r') content--;
      const line = { start: offset, content, end };
      offset = end;
      number++;
      return line;
    },
    number: () => number,
  };
}

function readInstruction(
  text: string,
  reader: Reader,
  firstLine: Line,
  first: number,
  escape: string,
): InstructionLines | undefined {
  const startLine = reader.number();
  const comments: Range[] = [];
  const stretches: { start: number; end: number }[] = [];
  let end = firstLine.content;
  let open = continuation(text, first, firstLine.content, escape);
  stretches.push({ start: first, end: open ?? firstLine.content });
  while (open !== undefined) {
    const line = reader.next();
    // The last line may go on with nothing.
    if (line === undefined) break;
    const begin = skipBlanks(text, line.start, line.content);
    if (begin === line.content) continue;
    if (text[begin] === '#') {
      comments.push({ start: begin, end: line.content });
      continue;
    }
    open = continuation(text, line.start, line.content, escape);
    stretches.push({ start: line.start, end: open ?? line.content });
    end = line.content;
  }
  const logical = joinPieces(text, stretches);
  if (logical.text.trim() === '') return undefined;
  const markers = findHeredocMarkers(logical.text, escape);
  const heredocs: Heredoc[] = [];
  for (const marker of markers) {
    const heredoc = readHeredoc(text, reader, logical, marker, startLine);
    heredocs.push(heredoc);
    end = heredoc.terminator.end;
  }
  return { start: first, end, logical, comments, heredocs, startLine, endLine: reader.number() };
}

function readHeredoc(text: string, reader: Reader, logical: LogicalText, marker: HeredocMarker, line: number): Heredoc {
  let bodyStart: number | undefined;
  for (let next = reader.next(); next !== undefined; next = reader.next()) {
    bodyStart ??= next.start;
    let from = next.start;
    if (marker.stripTabs) while (text[from] === '\t') from++;
    if (text.slice(from, next.content) !== marker.delimiter) continue;
    return {
      marker: { start: logical.sourceStart(marker.start), end: logical.sourceEnd(marker.end) },
      delimiter: marker.delimiter,
      expand: marker.expand,
      stripTabs: marker.stripTabs,
      body: { start: bodyStart, end: next.start },
      terminator: { start: next.start, end: next.content },
    };
  }
  throw new DockerfileError(`unterminated heredoc: no line "${marker.delimiter}" follows`, line);
}

/** Offset of the escape character that continues the line, or undefined. A doubled one does not continue. */
function continuation(text: string, start: number, content: number, escape: string): number | undefined {
  let last = content - 1;
  while (last >= start && (text[last] === ' ' || text[last] === '\t')) last--;
  if (last < start || text[last] !== escape) return undefined;
  return last > start && text[last - 1] === escape ? undefined : last;
}

function skipBlanks(text: string, start: number, end: number): number {
  let offset = start;
  while (offset < end && /\s/.test(text.charAt(offset))) offset++;
  return offset;
}
