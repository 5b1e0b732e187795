/**
 * The ignore file that a build context should have. It depends on the context alone, never on which of its Dockerfiles asks,
 * so that all of them come to the same bytes: a need of any of them counts for all.
 */
import type { Dockerfile } from '../../dockerfile/types.js';
import { ignoreMatcher } from '../../facts/context/dockerignore.js';
import { templateFor } from '../../facts/context/templates.js';
import type { BuildContext, ContextEdit } from '../../facts/context/types.js';
import { baseName, parentPath } from '../../paths.js';
import { entriesFor, wantedEntries } from './entries.js';
import { surveyContext } from './survey.js';

export interface IgnorePlan {
  readonly edit: ContextEdit;
  readonly added: readonly string[];
  /** The planned file keeps a path out of the build. */
  excludes(path: string): boolean;
}

/**
 * Undefined where nothing is missing, and where no build may read what is written.
 * @param made files that an install of the Dockerfile writes
 */
export function planIgnoreFile(
  context: BuildContext,
  dockerfile: Dockerfile,
  made: readonly string[] = [],
): IgnorePlan | undefined {
  if (context.guessed !== undefined) return undefined;
  const survey = surveyContext(context, dockerfile);
  const present = context.ignoreFile;
  const path = present?.path ?? '.dockerignore';
  if (templateFor(baseName(path), context.list(parentPath(path)) ?? []) !== undefined) return undefined;
  const kind = present === undefined ? 'new' : 'extend';
  const entries = [...wantedEntries(survey, kind), ...entriesFor(survey, made)].filter(
    ({ pattern, example }) => present === undefined || !(context.ignored(example) || mentions(present.text, pattern)),
  );
  const added = entries.map(({ pattern }) => pattern);
  if (added.length === 0) return undefined;
  const edit: ContextEdit = {
    path,
    before: present?.text,
    after: extend(present?.text ?? '', added),
  };
  return { edit, added, excludes: ignoreMatcher(edit.after) };
}

/** The author wrote the entry and took it back: `# node_modules`, `!node_modules`. */
function mentions(text: string, pattern: string): boolean {
  const name = pattern.replace(/^\*\*\//, '');
  return text
    .split(/\r?\n/)
    .some((line) => line.replace(/^[#!\s]*(?:\*\*)?\/?/, '').replace(/(?<![\s/*])[\s/*]+$/, '') === name);
}

function extend(text: string, entries: readonly string[]): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const open = text !== '' && !text.endsWith('\n') ? newline : '';
  return text + open + entries.map((entry) => entry + newline).join('');
}
