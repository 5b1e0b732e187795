import type { Flag, Instruction, LogicalText, Word } from './types.js';

/** Instructions whose arguments keep blanks inside quotes together (BuildKit's `parseNameVal`). */
const QUOTED = new Set(['ENV', 'ARG', 'LABEL']);

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Splits the arguments as BuildKit does: at blanks, for ENV, ARG and LABEL at blanks outside quotes. */
export function splitWords(body: LogicalText, keyword: string, escape: string): readonly Word[] {
  const spans = QUOTED.has(keyword) ? quotedSpans(body.text, escape) : plainSpans(body.text);
  return spans.map(({ start, end }) => ({
    start: body.sourceStart(start),
    end: body.sourceEnd(end),
    text: body.text.slice(start, end),
  }));
}

/** What is wrong where an ENV or LABEL has neither pairs nor the form `name value`: the builder's parser stops there. */
export function noPairs({ body, words: [first, ...more] }: Instruction): string | undefined {
  if (first === undefined) return undefined;
  if (!first.text.includes('='))
    return /\s/.test(body.text.trim()) ? undefined : `has a name without a value: ${first.text}`;
  const wrong = more.find(({ text }) => !text.includes('='));
  return wrong && `has a word that is no name=value: ${wrong.text}`;
}

/** The arguments as they are written, or the strings of the JSON form. */
export function operandsOf({ json, words }: Instruction): readonly string[] {
  return json ?? words.map(({ text }) => text);
}

function plainSpans(text: string): Span[] {
  return [...text.matchAll(/\S+/g)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

function quotedSpans(text: string, escape: string): Span[] {
  const spans: Span[] = [];
  for (let offset = 0; offset < text.length;) {
    if (/\s/.test(text.charAt(offset))) offset++;
    else {
      const end = wordEnd(text, offset, escape);
      spans.push({ start: offset, end });
      offset = end;
    }
  }
  return spans;
}

/** End of the word at `start`: the next blank that no quote and no escape character covers. */
function wordEnd(text: string, start: number, escape: string): number {
  let quote = '';
  let offset = start;
  for (; offset < text.length; offset++) {
    const char = text.charAt(offset);
    if (quote === '' && /\s/.test(char)) break;
    if (char === escape && quote !== "'") offset++;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
  }
  return Math.min(offset, text.length);
}

/** The same flags with the same values, in whatever order. */
export function sameFlags(one: readonly Flag[], other: readonly Flag[]): boolean {
  return one.length === other.length && flagsKey(one) === flagsKey(other);
}

function flagsKey(flags: readonly Flag[]): string {
  return JSON.stringify(flags.map(({ name, value }) => [name, value]).sort());
}

/** The flags in front of the arguments and the offset in `line` where the arguments start. */
export function readFlags(line: LogicalText, from: number, escape: string): { flags: Flag[]; next: number } {
  const flags: Flag[] = [];
  let next = from;
  for (;;) {
    while (next < line.text.length && /\s/.test(line.text.charAt(next))) next++;
    if (!line.text.startsWith('--', next)) return { flags, next };
    const end = wordEnd(line.text, next, escape);
    const word = line.text.slice(next, end);
    if (word === '--') return { flags, next: end };
    const equals = word.indexOf('=');
    flags.push({
      start: line.sourceStart(next),
      end: line.sourceEnd(end),
      name: word.slice(2, equals === -1 ? undefined : equals),
      value: equals === -1 ? undefined : word.slice(equals + 1).replace(/["']/g, ''),
    });
    next = end;
  }
}

/** The strings of a JSON array, or undefined when `text` is none: the builder then takes the shell form. */
export function parseJsonForm(text: string): readonly string[] | undefined {
  const trimmed = text.trim();
  if (!trimmed.startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(trimmed);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}
