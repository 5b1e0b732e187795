/** From a string to the file of the project that it names. */
import { contextPath } from '../../paths.js';
import { isPresent } from '../project/files.js';
import type { Project } from '../project/types.js';
import type { Quote } from './quote.js';

export interface Found {
  readonly kind: 'file' | 'directory';
  readonly path: string;
}

export type Mention =
  | Found
  /** Looks like a path and is not found, or is only known when it is read. */
  | { readonly kind: 'unknown' };

const PROTOCOL = /^(?:file|link|portal|path|workspace):/;
const PREFIX =
  /^(?:~\/|<rootDir>\/|\$\{?(?:project\.basedir|basedir|maven\.multiModuleProjectDirectory|rootDir|projectDir|project\.rootDir)\}?\/|\$\((?:MSBuildThisFileDirectory|MSBuildProjectDirectory|SolutionDir|ProjectDir)\)\/?)/;
/** Longer ones are prose. */
const LONGEST = 200;
const FILE_NAME =
  /\.(?:json|ya?ml|toml|xml|config|props|targets|\w+proj|pem|crt|cer|tgz|whl|zip|jar|c?js|mjs|ts|gradle|kts|rb|exs|conf|ini)$/;
const EXTENSIONS = ['', '.js', '.cjs', '.mjs', '.ts', '.json'];

/**
 * @param bases folders of the context from which it may count, the most likely first
 * @returns undefined where it names no file of the project
 */
export function resolveMention(project: Project, quote: Quote, bases: readonly string[]): Mention | undefined {
  const written = patchOf(quote.text).trim();
  if (written === '' || written.length > LONGEST || /\s/.test(written) || isUrl(written)) return undefined;
  if (/^[\w-]+$/.test(written) && (quote.field === 'text' || quote.field === 'word')) return undefined;
  const text = withoutPrefix(written);
  if (/[$%{}(]|^!/.test(text)) return quote.field === 'path' ? { kind: 'unknown' } : undefined;
  if (/[*?]/.test(text)) return matchOf(project, text, bases);
  for (const path of candidates(project, text, bases))
    for (const extension of EXTENSIONS) {
      const full = path + extension;
      const kind = project.context.exists(full);
      if (kind !== undefined && isPresent(project, full, kind) && (extension === '' || kind === 'file'))
        return { kind, path: full };
    }
  return isMissing(written, quote) ? { kind: 'unknown' } : undefined;
}

function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) && !text.startsWith('file:');
}

function withoutPrefix(text: string): string {
  const path = text.replace(PROTOCOL, '').replace(/^\/\/(?=[/.])/, '');
  return path.replaceAll('\\', '/').replace(PREFIX, '');
}

/** `patch:lodash@npm%3A4.17.21#~/.yarn/patches/lodash.patch`: what comes after the `#`; the others are yarn's own. */
function patchOf(text: string): string {
  if (!text.startsWith('patch:')) return text;
  const patch = behindHash(text).replace(/^[.~]\//, '');
  return /^(?:optional!)?builtin/.test(patch) ? '' : patch;
}

/** The first part behind a `#` that has no colon, up to its end or `::`. */
function behindHash(text: string): string {
  for (let hash = text.indexOf('#'); hash >= 0;) {
    const colon = text.indexOf(':', hash);
    if (colon < 0) return text.slice(hash + 1);
    if (text[colon + 1] === ':') return text.slice(hash + 1, colon);
    hash = text.indexOf('#', colon);
  }
  return '';
}

function candidates(project: Project, text: string, bases: readonly string[]): readonly string[] {
  const found = text.startsWith('/') ? [project.resolve(text)] : bases.map((base) => contextPath(base, text));
  return found.flatMap((path) => (path === undefined || path === '' ? [] : [path]));
}

function matchOf(project: Project, text: string, bases: readonly string[]): Mention | undefined {
  if (!text.includes('/') || text.startsWith('/')) return undefined;
  const matches = bases.flatMap((base) => project.context.glob(contextPath(base, text) ?? '\0') ?? []);
  return matches.length > 0 ? { kind: 'unknown' } : undefined;
}

function isMissing(written: string, { field }: Quote): boolean {
  if (field === 'output' || field === 'value' || field === 'word' || /^\.{1,2}[\\/]?$/.test(written)) return false;
  if (/^(?:file:|link:|portal:|\.{1,2}[\\/])/.test(written)) return true;
  return field === 'path' && FILE_NAME.test(written) && !written.startsWith('/');
}
