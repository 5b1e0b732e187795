import { isRemote } from '../../src/dockerfile/copy.js';
import type { Dockerfile, Instruction } from '../../src/dockerfile/types.js';
import { isProjectFile } from '../../src/ecosystems/project-files.js';
import { archiveKindByName, kindByContent, type ArchiveKind } from '../../src/facts/context/archives.js';
import { hasWildcard } from '../../src/path-pattern.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import { baseName, sourcePath } from '../../src/paths.js';
import type { BuildContext } from '../../src/facts/context/types.js';
import { expandWord, variablesOf } from '../../src/dockerfile/expand.js';
import { fixedValue } from '../../src/image/fixed-value.js';
import { isWindows } from '../../src/image/platform.js';

/** What ADD does with a source; `special` is remote or an archive, for which ADD is right. */
export type Judgement = 'plain' | 'special' | Refusal;

/** Stands for text that is not known before the build. */
const UNKNOWN = '\0';

export function judgeSource(
  source: string,
  dockerfile: Dockerfile,
  instruction: Instruction,
  context: BuildContext | undefined,
): Judgement {
  const text = expandSource(source, dockerfile, instruction);
  if (isRemote(instruction, text)) return 'special';
  const last = baseName(text);
  if (text.startsWith(UNKNOWN)) return archiveKindByName(last) === 'archive' ? 'special' : unknownSource(source);
  if (last === '' || last === '.' || last === '..') return 'plain';
  const kind = (text.includes(UNKNOWN) ? undefined : kindInContext(text, context)) ?? kindByName(last);
  if (kind !== 'unsure') return kind === 'plain' ? 'plain' : 'special';
  if (last.includes(UNKNOWN)) return unknownSource(source);
  if (hasWildcard(last))
    return refuse(
      'glob-may-match-archive',
      `ADD of \`${source}\`: the pattern may match an archive, which COPY would not extract`,
    );
  return refuse(
    'maybe-archive',
    `ADD of \`${source}\`: by its name it may be an archive, which COPY would not extract`,
  );
}

/** `Gemfile*`, `package*`: the manifest of a project and what belongs to it. */
function kindByName(name: string): ArchiveKind {
  return /^[^*?[\\]+\*+$/.test(name) && isProjectFile(name) ? 'plain' : archiveKindByName(name);
}

function unknownSource(source: string): Refusal {
  return refuse('source-unknown', `ADD of \`${source}\`: the source is not known before the build`);
}

/** Variables that a build argument or the base image sets are not known; an operator on one may make anything of it. */
function expandSource(source: string, dockerfile: Dockerfile, instruction: Instruction): string {
  const unknown = new Set<string>();
  const lookup = (name: string): string => {
    const value = fixedValue(dockerfile, instruction, name);
    if (value === undefined) unknown.add(name);
    return value ?? UNKNOWN;
  };
  const text = expandWord(source, lookup, dockerfile.escape);
  if (unknown.size > 0 && variablesOf(source, dockerfile.escape).some(({ operator }) => operator !== ''))
    return UNKNOWN;
  return isWindows(dockerfile) ? text.replaceAll('\\', '/') : text;
}

/** By what the context holds there; undefined where it does not tell. */
function kindInContext(text: string, context: BuildContext | undefined): ArchiveKind | undefined {
  if (context === undefined) return undefined;
  if (!hasWildcard(text)) return kindByContent(sourcePath(text), context);
  const matches = context.complete ? (context.glob(text) ?? []) : [];
  const kinds = matches.map((path) => kindByContent(path, context) ?? 'unsure');
  if (kinds.length === 0) return undefined;
  return kinds.every((kind) => kind === 'plain')
    ? 'plain'
    : kinds.every((kind) => kind === 'archive')
      ? 'archive'
      : 'unsure';
}
