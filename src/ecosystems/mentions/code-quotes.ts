/** The string literals of programs: Gradle scripts, mix.exs, Gemfiles, .pnpmfile.cjs. */
import type { Quote } from './quote.js';

/** A call that reads what its argument names. */
const READS =
  /\b(?:[Ff]ile|files|fileTree|uri|from|includeBuild|dirs?|require\w*|import|read\w*|open|load\w*|Path|join|resolve|eval_gemfile|path|exists\w*|isFile|isDirectory)\b/;

const LOADS_ENV = /["']dotenv(?:\/config)?["']/;

export function codeQuotes(text: string): readonly Quote[] {
  const code = withoutComments(text);
  const loaded: readonly Quote[] = LOADS_ENV.test(code) ? [{ text: '.env', field: 'read' }] : [];
  let last = 0;
  const literals = literalsIn(code).map(({ start, end, text: literal }) => {
    // What is in front of it on its line, after any other quote.
    const [before = ''] = code
      .slice(last, start)
      .split(/[\n"'`]/)
      .slice(-1);
    last = end;
    return { text: literal, field: READS.test(before) ? 'read' : 'text' } as const;
  });
  return [...loaded, ...literals];
}

/** Comments of lines, and those between marks; a mark that nothing ends is none, as in the pattern of a path. */
function withoutComments(text: string): string {
  const comment = /^[ \t]*(?:#|\/\/).*|\/\*/gm;
  const lastEnd = text.lastIndexOf('*/');
  let code = '';
  let from = 0;
  for (let match = comment.exec(text); match !== null; match = comment.exec(text)) {
    const inside = match.index + 2;
    if (match[0] === '/*' && inside > lastEnd) continue;
    code += text.slice(from, match.index);
    from = match[0] === '/*' ? text.indexOf('*/', inside) + 2 : match.index + match[0].length;
    comment.lastIndex = from;
  }
  return code + text.slice(from);
}

interface Literal {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What each quote opens: up to its own kind, or the place where it can't go on. */
const LITERALS: Readonly<Record<string, RegExp>> = {
  '"': /"((?:[^"\\\n]|\\.)*)("?)/y,
  "'": /'((?:[^'\\\n]|\\.)*)('?)/y,
  '`': /`((?:[^`\\$]|\\.)*)(`?)/y,
};

function literalsIn(code: string): readonly Literal[] {
  const literals: Literal[] = [];
  // Where one quote opens nothing, no other of its kind does up to the same place: each part is read once for a kind.
  const closed = new Map<string, number>();
  const quote = /["'`]/g;
  for (let match = quote.exec(code); match !== null; match = quote.exec(code)) {
    const literal = LITERALS[match[0]];
    const start = match.index;
    if (literal === undefined || start < (closed.get(match[0]) ?? 0)) continue;
    literal.lastIndex = start;
    const [whole = '', text = '', end = ''] = literal.exec(code) ?? [];
    if (end === '') closed.set(match[0], start + whole.length);
    else {
      literals.push({ start, end: start + whole.length, text });
      quote.lastIndex = start + whole.length;
    }
  }
  return literals;
}
