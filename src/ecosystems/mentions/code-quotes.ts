/** The string literals of programs: Gradle scripts, mix.exs, Gemfiles, .pnpmfile.cjs. */
import type { Quote } from './quote.js';

const COMMENTS = /^\s*(?:#|\/\/).*$|\/\*[\s\S]*?\*\//gm;
const LITERAL = /"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\$]|\\.)*)`/g;
/** A call that reads what its argument names. */
const READS =
  /\b(?:[Ff]ile|files|fileTree|uri|from|includeBuild|dirs?|require\w*|import|read\w*|open|load\w*|Path|join|resolve|eval_gemfile|path|exists\w*|isFile|isDirectory)\b[^"'`]*$/;

const LOADS_ENV = /["']dotenv(?:\/config)?["']/;

export function codeQuotes(text: string): readonly Quote[] {
  const code = text.replace(COMMENTS, '');
  const loaded: readonly Quote[] = LOADS_ENV.test(code) ? [{ text: '.env', field: 'read' }] : [];
  const literals = [...code.matchAll(LITERAL)].map((match) => {
    const line = code.slice(code.lastIndexOf('\n', match.index) + 1, match.index);
    return { text: match[1] ?? match[2] ?? match[3] ?? '', field: READS.test(line) ? 'read' : 'text' } as const;
  });
  return [...loaded, ...literals];
}
