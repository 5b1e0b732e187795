/** What the command line of an install and the variables in force name. */
import { fieldOf } from './evaluated.js';
import type { Field, Quote } from './quote.js';
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

/** `npm_config_cache` is npm's setting `cache`. */
const MANAGER = /^(?:npm_config|yarn|pip|uv|poetry|composer|bundle)_/i;
/**
 * For the application, its framework and what serves it, as their documentation names them: no install looks at those. A name that
 * is not among them may be for anything.
 */
const OF_APPLICATION =
  /^(?:apache|app|application|aspnetcore|celery|data|database|db|django|document|fastapi|flask|gunicorn|hypercorn|logs?|media|models?|nginx|public|rack|rails|server|spring|static|staticfiles|streamlit|templates?|uploads?|uvicorn|uwsgi|web|wsgi)_/i;

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
  const [, joined] = /^-[-D]?([\w.-]+)=/.exec(word) ?? [];
  const [, apart] = /^--?([\w.-]+)$/.exec(before) ?? [];
  const option = joined ?? apart;
  return wordQuotes(word).map((quote) => (option === undefined ? quote : { ...quote, field: valueField(option) }));
}

function variableQuotes(name: string, value: string): readonly Quote[] {
  if (SEARCH_PATHS.has(name) || OF_APPLICATION.test(name)) return [];
  const field = valueField(name.replace(MANAGER, ''));
  return wordQuotes(value).map((quote) => (field === 'output' || NAMES_FILE.test(name) ? { ...quote, field } : quote));
}

function valueField(name: string): Field {
  return fieldOf(name) === 'output' ? 'output' : 'value';
}
