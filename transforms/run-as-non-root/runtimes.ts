import { rowOf } from '../../src/commands/catalogue/index.js';
import type { Language } from '../../src/commands/catalogue/types.js';

/** What kind of program a container starts. */
export interface Runtime {
  /** For messages: `Node.js`. */
  readonly name: string;
  /** Looks up its home directory and fails, or loses its cache, without one. */
  readonly home: boolean;
  /** Applications in this language usually keep data beside their sources. */
  readonly writes: boolean;
  /** It only reads files, whatever it serves: its sources tell nothing. */
  readonly reads?: true;
}

export const BINARY: Runtime = { name: 'a compiled program', home: false, writes: false };

const RUNTIMES: Readonly<Record<Language, Runtime>> = {
  node: { name: 'Node.js', home: true, writes: true },
  static: { name: 'a server of static files', home: true, writes: false, reads: true },
  python: { name: 'Python', home: true, writes: true },
  ruby: { name: 'Ruby', home: true, writes: true },
  php: { name: 'PHP', home: true, writes: true },
  scripted: { name: 'a scripting language', home: true, writes: true },
  java: { name: 'Java', home: true, writes: false },
  dotnet: { name: '.NET', home: true, writes: false },
};

/** What a file is written in, by its extension. */
const EXTENSIONS: readonly (readonly [RegExp, Language])[] = [
  [/\.[cm]?[jt]s$/, 'node'],
  [/\.py$/, 'python'],
  [/\.rb$/, 'ruby'],
  [/\.php$/, 'php'],
  [/\.(?:pl|R|lua)$/, 'scripted'],
  [/\.jar$/, 'java'],
  [/\.dll$/, 'dotnet'],
];

export function runtimeIn(language: Language | 'compiled'): Runtime {
  return language === 'compiled' ? BINARY : RUNTIMES[language];
}

/** Of a program by its name, or of a file by its extension. */
export function runtimeOf(name: string): Runtime | undefined {
  const language = rowOf(name)?.language ?? EXTENSIONS.find(([extension]) => extension.test(name))?.[1];
  return language && RUNTIMES[language];
}
