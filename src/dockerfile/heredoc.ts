import type { Dockerfile, Instruction } from './types.js';

/** A heredoc marker in the logical text of an instruction. */
export interface HeredocMarker {
  readonly start: number;
  readonly end: number;
  readonly delimiter: string;
  readonly expand: boolean;
  readonly stripTabs: boolean;
}

const MARKER = /^(\d*)<<(-?)([^<]*)$/s;
const HEREDOC_KEYWORDS = /^(?:ONBUILD\s+)?(?:RUN|COPY|ADD)\s/i;

/** Words of the form `<<NAME`, `<<-NAME`, `3<<"NAME"`, as BuildKit finds them in RUN, COPY and ADD. */
export function findHeredocMarkers(line: string, escape: string): readonly HeredocMarker[] {
  if (!line.includes('<<') || !HEREDOC_KEYWORDS.test(line) || isJsonForm(line)) return [];
  const found: HeredocMarker[] = [];
  for (const word of shellWords(line, escape)) {
    const match = MARKER.exec(word.text);
    const raw = match?.[3];
    if (match === null || raw === undefined || raw === '') continue;
    const delimiter = unquote(raw);
    if (delimiter === '') continue;
    found.push({ start: word.start, end: word.end, delimiter, expand: delimiter === raw, stripTabs: match[2] === '-' });
  }
  return found;
}

function isJsonForm(line: string): boolean {
  const rest = line.replace(/^(?:ONBUILD\s+)?\S+\s+(?:--\S+\s+)*/i, '').trim();
  if (!rest.startsWith('[')) return false;
  try {
    const value: unknown = JSON.parse(rest);
    return Array.isArray(value);
  } catch {
    return false;
  }
}

function shellWords(line: string, escape: string): { start: number; end: number; text: string }[] {
  const words: { start: number; end: number; text: string }[] = [];
  let start = -1;
  let quote = '';
  for (let i = 0; i <= line.length; i++) {
    const char = line[i];
    if (char === undefined || (quote === '' && /\s/.test(char))) {
      if (start !== -1) words.push({ start, end: i, text: line.slice(start, i) });
      start = -1;
      continue;
    }
    if (start === -1) start = i;
    if (quote !== '') {
      if (char === quote) quote = '';
      else if (char === escape && quote === '"') i++;
    } else if (char === '"' || char === "'") quote = char;
    else if (char === escape) i++;
  }
  return words;
}

function unquote(raw: string): string {
  return raw.replace(/'([^']*)'|"([^"]*)"|\\(.)/gs, (_, single?: string, double?: string, escaped?: string) => {
    return single ?? double ?? escaped ?? '';
  });
}

/** What the heredocs of an instruction hold, as written. */
export function heredocBodies({ text }: Dockerfile, { heredocs }: Instruction): string[] {
  return heredocs.map(({ body }) => text.slice(body.start, body.end));
}

/** The text of an instruction and what its heredocs hold, a line each. */
export function textWithHeredocs(dockerfile: Dockerfile, instruction: Instruction): string {
  return [instruction.body.text, ...heredocBodies(dockerfile, instruction)].join('\n');
}
