/** What the command line of an install and the variables in force name. */
import type { Quote } from './quote.js';
import { wordQuotes } from './settings-quotes.js';

/** A command that takes part in an install, as far as its words are known. */
export interface CommandLine {
  readonly words: readonly string[];
  readonly variables: Iterable<readonly [string, string]>;
}

/** An interpreter looks in these for modules and programs by name; the install's own are found without. */
const SEARCH_PATHS = new Set([
  'PATH',
  'PYTHONPATH',
  'NODE_PATH',
  'LD_LIBRARY_PATH',
  'CLASSPATH',
  'PWD',
  'OLDPWD',
  'HOME',
]);
/** A plain word in one of these is a file, too. */
const NAMES_FILE = /(?:_FILE|_DIR|_CONFIG|_CERTS?|_CA|_BUNDLE|_CONSTRAINT|_LINKS)$|^COMPOSER$/i;

/** With what says each of them: a command, or `ENV NAME`. */
export function callQuotes({ words, variables }: CommandLine): readonly (readonly [string, Quote])[] {
  const [program = '', ...args] = words;
  const named = args.flatMap((word, index) => argumentQuotes(word, args[index - 1] ?? program));
  const command = words.join(' ');
  return [
    ...named.map((quote) => [`\`${command}\``, quote] as const),
    ...[...variables].flatMap(([name, value]) =>
      variableQuotes(name, value).map((quote) => [`$${name}`, quote] as const),
    ),
  ];
}

/** The value of an option may be a plain word. */
function argumentQuotes(word: string, before: string): readonly Quote[] {
  const isValue = (before.startsWith('-') && !before.includes('=')) || /^--?[\w-]+=/.test(word);
  return wordQuotes(word).map((quote) => (isValue ? { ...quote, field: 'output' } : quote));
}

function variableQuotes(name: string, value: string): readonly Quote[] {
  if (SEARCH_PATHS.has(name)) return [];
  return wordQuotes(value).map((quote) => (NAMES_FILE.test(name) ? { ...quote, field: 'output' } : quote));
}
