/** Looks a variable up; undefined: not set. */
export type Lookup = (name: string) => string | undefined;

/**
 * Expands a word as BuildKit's shell lexer does: quotes removed, `$VAR`, `${VAR}`, `${VAR:-word}`, `${VAR:+word}`, `${VAR-word}`,
 * `${VAR+word}`, `${VAR:?word}`, `${VAR#pattern}` and its kin. An unset variable is empty.
 */
export function expandWord(word: string, lookup: Lookup, escape: string): string {
  let out = '';
  let quote = '';
  for (let i = 0; i < word.length; i++) {
    const char = word.charAt(i);
    if (quote === "'") {
      if (char === "'") quote = '';
      else out += char;
    } else if (char === escape) {
      const next = word.charAt(i + 1);
      if (quote === '"' && next !== '"' && next !== '$' && next !== escape) out += char + next;
      else out += next;
      i++;
    } else if (char === '"' || (char === "'" && quote === '')) {
      quote = quote === '' ? char : '';
    } else if (char === '$') {
      const found = readVariable(word, i);
      if (found === undefined) out += char;
      else {
        out += valueOf(found, lookup, escape);
        i = found.end - 1;
      }
    } else out += char;
  }
  return out;
}

interface Variable {
  readonly name: string;
  readonly operator: string;
  readonly operand: string;
  readonly end: number;
}

function readVariable(word: string, at: number): Variable | undefined {
  const plain = /^\$([A-Za-z_]\w*|\d)/.exec(word.slice(at));
  if (plain?.[1] !== undefined) return { name: plain[1], operator: '', operand: '', end: at + plain[0].length };
  if (word[at + 1] !== '{') return undefined;
  const close = closingBrace(word, at + 2);
  if (close === -1) return undefined;
  const inner = word.slice(at + 2, close);
  const match = /^([A-Za-z_]\w*|\d)(:[-+?]|[-+?]|##?|%%?|\/\/?)?([\s\S]*)$/.exec(inner);
  if (match?.[1] === undefined || (match[2] === undefined && match[3] !== '')) return undefined;
  return { name: match[1], operator: match[2] ?? '', operand: match[3] ?? '', end: close + 1 };
}

function closingBrace(word: string, from: number): number {
  let depth = 1;
  for (let i = from; i < word.length; i++) {
    if (word[i] === '\\') i++;
    else if (word[i] === '{') depth++;
    else if (word[i] === '}' && --depth === 0) return i;
  }
  return -1;
}

function valueOf({ name, operator, operand }: Variable, lookup: Lookup, escape: string): string {
  const value = lookup(name);
  const filled = value !== undefined && value !== '';
  const other = (): string => expandWord(operand, lookup, escape);
  switch (operator) {
    case ':-':
      return filled ? value : other();
    case '-':
      return value ?? other();
    case ':+':
      return filled ? other() : '';
    case '+':
      return value === undefined ? '' : other();
    case '':
    case '?':
    case ':?':
      return value ?? '';
    default:
      return replacePattern(value ?? '', operator, operand, lookup, escape);
  }
}

function replacePattern(value: string, operator: string, operand: string, lookup: Lookup, escape: string): string {
  if (operator.startsWith('/')) {
    const [pattern = '', replacement = ''] = operand.split(/(?<!\\)\/([\s\S]*)/);
    const regexp = globToRegExp(expandWord(pattern, lookup, escape), true);
    return value.replace(new RegExp(regexp, operator === '//' ? 'g' : ''), () =>
      expandWord(replacement, lookup, escape),
    );
  }
  const source = globToRegExp(expandWord(operand, lookup, escape), operator.length === 2);
  if (operator.startsWith('#')) return value.replace(new RegExp(`^(?:${source})`), '');
  for (let at = operator === '%%' ? 0 : value.length; at >= 0 && at <= value.length; at += operator === '%%' ? 1 : -1)
    if (new RegExp(`^(?:${source})$`).test(value.slice(at))) return value.slice(0, at);
  return value;
}

function globToRegExp(glob: string, greedy: boolean): string {
  const escaped = glob.replace(/[.+^${}()|[\]\\/]/g, '\\$&');
  return escaped.replace(/[*?]/g, (char) => (char === '?' ? '[\\s\\S]' : greedy ? '[\\s\\S]*' : '[\\s\\S]*?'));
}
