/** The parser directives at the head of a file: `# syntax=…`, `# escape=…`, `# check=…`, by BuildKit's own rules. */
import { DockerfileError, type Directive } from './types.js';

export interface Head {
  readonly directives: readonly Directive[];
  readonly escape: '\\' | '`';
  /** Offset and 1-based number of the first line after the directives. */
  readonly start: number;
  readonly line: number;
}

const NAMES = new Set(['syntax', 'escape', 'check']);
/** Unicode's White_Space, as Go's unicode.IsSpace has it. */
const BLANKS = /^[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]*/;

/**
 * Any other line ends them, and so does one without a value.
 * @throws DockerfileError for one that is there twice, and for an escape character that is neither \ nor `
 */
export function readDirectives(text: string): Head {
  const directives: Directive[] = [];
  const seen = new Set<string>();
  let start = 0;
  for (;;) {
    const feed = text.indexOf('\n', start);
    const end = feed === -1 ? text.length : feed;
    const directive = readDirective(text, start, end);
    if (directive === undefined) break;
    const line = directives.length + 1;
    if (seen.has(directive.name))
      throw new DockerfileError(`only one ${directive.name} parser directive can be used`, line);
    if (directive.name === 'escape' && !/^[\\`]$/.test(directive.value))
      throw new DockerfileError(`the escape character is \\ or \`, not ${JSON.stringify(directive.value)}`, line);
    seen.add(directive.name);
    directives.push(directive);
    start = Math.min(end + 1, text.length);
    if (feed === -1) break;
  }
  const escape = directives.find(({ name }) => name === 'escape')?.value === '`' ? '`' : '\\';
  return { directives, escape, start, line: directives.length + 1 };
}

function readDirective(text: string, start: number, end: number): Directive | undefined {
  const line = text.slice(start, end);
  const indent = BLANKS.exec(line)?.[0].length ?? 0;
  if (line[indent] !== '#') return undefined;
  const inner = line.slice(indent + 1).replace(BLANKS, '');
  const [all, name = ''] = /^([a-zA-Z][a-zA-Z0-9]*)[\t\f\r ]*=/.exec(inner) ?? [];
  if (all === undefined || !NAMES.has(name.toLowerCase())) return undefined;
  const rest = inner.slice(all.length);
  const value = trimBlanks(rest);
  // Of blanks alone, BuildKit takes one for the value.
  if (value === '' && !/[\t\f\r ]/.test(rest)) return undefined;
  const range = { start: start + indent, end: start + line.trimEnd().length };
  return { name: name.toLowerCase(), value: value === '' ? ' ' : value, range };
}

function trimBlanks(text: string): string {
  const isBlank = (at: number): boolean => '\t\f\r '.includes(text.charAt(at));
  let [from, to] = [0, text.length];
  while (from < to && isBlank(from)) from++;
  while (to > from && isBlank(to - 1)) to--;
  return text.slice(from, to);
}
