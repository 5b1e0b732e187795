/** The strings of a file that an install evaluates, by what kind of file it is. */
import { parse as parseYaml } from 'yaml';
import { parse as parseToml } from 'smol-toml';
import { baseName } from '../../paths.js';
import { codeQuotes } from './code-quotes.js';
import { EVALUATED, everything } from './evaluated.js';
import { quotesIn, type Quote } from './quote.js';
import { settingQuotes, wordQuotes } from './settings-quotes.js';
import { dotnetQuotes, mavenQuotes } from './xml-quotes.js';

/** Undefined where it can't be read as what it is. */
type Reader = (text: string, name: string) => readonly Quote[] | undefined;

const parsed =
  (parse: (text: string) => unknown): Reader =>
  (text, name) => {
    try {
      return quotesIn(parse(text), EVALUATED.get(name) ?? everything);
    } catch {
      return undefined;
    }
  };

/** Where packages of the project come from: all else in a lock file names what comes from the network. */
const lock: Reader = (text) =>
  [...text.matchAll(/["' ](?:file|portal):[^"'\s,)@]+/g)].map(([match]) => ({ text: match.slice(1), field: 'text' }));

const output: Reader = (text) =>
  [...text.matchAll(/^[ \t]*output\s*=\s*"([^"]+)"/gm)].map((match) => ({ text: match[1] ?? '', field: 'output' }));

const json = parsed((text) => JSON.parse(text.replace(/^\uFEFF/, '')) as unknown);
const nothing: Reader = () => [];

/** The first that matches the name counts. */
const READERS: readonly (readonly [RegExp, Reader])[] = [
  [/^(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock)$/, lock],
  [/\.lock(?:b|file)?$|^(?:packages\.lock\.json|Pipfile\.lock|go\.\w+(?:\.sum)?)$/, nothing],
  [/^(?:Pipfile|.*\.toml)$/, parsed((text) => parseToml(text, { integersAsBigInt: 'asNeeded' }))],
  [/\.ya?ml$/, parsed((text) => parseYaml(text) as unknown)],
  [/\.(?:json|slnf)$/, json],
  [/^maven\.config$|^jvm\.config$|^requirements.*$|\.in$/, wordQuotes],
  [/\.(?:pom|settings\.xml)$|^(?=pom|.*settings).*\.xml$/, mavenQuotes],
  [/\.(?:\w+proj|props|targets)$|^nuget\.config$/i, dotnetQuotes],
  [/^(?:\.npmrc|npmrc|\.yarnrc|pip\.(?:conf|ini)|.*\.(?:ini|cfg|conf|properties))$/, settingQuotes],
  [/\.prisma$/, output],
  [/^Gemfile|\.(?:gradle|kts|exs|cjs|mjs|js|ts)$/, codeQuotes],
];

const CLOSED =
  /\.(?:pem|crt|cer|key|der|jks|p12|pfx|whl|tgz|tar|gz|bz2|xz|zip|jar|nupkg|gem|crate|patch|diff|sql|txt|md|example|prisma|asc|gpg)$|^[\w-]+$|^\.[\w-]*(?:version|example)$/i;

export function readQuotes(path: string, text: string): readonly Quote[] | undefined {
  const name = baseName(path);
  const reader = readerOf(name) ?? nothing;
  return reader(text, name);
}

function readerOf(name: string): Reader | undefined {
  return READERS.find(([names]) => names.test(name))?.[1];
}

/** It names no other file. */
export function isClosed(path: string): boolean {
  return CLOSED.test(baseName(path));
}

/** It runs, or a plug-in acts on it: what it does with a file that it names is not known. */
export function isProgram(path: string): boolean {
  const name = baseName(path);
  return readerOf(name) === codeQuotes || name === 'composer.json';
}

/** It can be copied because something names it: it is data, and what it names in turn is known. */
export function isData(path: string): boolean {
  const name = baseName(path);
  if (isClosed(path)) return true;
  if (/\.\w+proj$/.test(name)) return false;
  const reader = readerOf(name);
  return reader !== undefined && reader !== codeQuotes;
}

/** In a folder that is copied whole: settings are read, programs are run by whoever put them there. */
export function isSetting(path: string): boolean {
  return /^(?:maven\.config|jvm\.config|.*\.prisma|requirements.*\.txt|package\.json|\.npmrc|.*settings\.xml)$/.test(
    baseName(path),
  );
}
