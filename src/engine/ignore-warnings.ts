import type { Dockerfile } from '../dockerfile/types.js';
import { ignoreComments, mistakeIn, type IgnoreComment } from './ignore-comments.js';
import { DEFAULT_LEVEL, isAbove } from './levels.js';
import type { FixOptions } from './run.js';
import type { Warning } from './types.js';

/**
 * What is wrong with the ignore comments of a file: those that are not written as one, those that name no transform, and those that ignore
 * nothing, as far as the run can tell: all that they speak of has to be in it.
 * @param used offsets of those that forbade something
 */
export function ignoreWarnings(
  dockerfile: Dockerfile,
  used: ReadonlySet<number>,
  options: FixOptions,
): readonly Warning[] {
  const lineAt = lineCounter(dockerfile.text);
  return ignoreComments(dockerfile).flatMap((comment): readonly Warning[] => {
    const line = lineAt(comment.range.start);
    const mistake = mistakeIn(
      comment,
      options.known?.map(({ name }) => name),
    );
    if (mistake !== undefined) return [{ kind: 'ignore-comment', line, message: mistake, toMend: true }];
    const unused = used.has(comment.range.start) ? undefined : whyUnused(comment, options);
    return unused === undefined ? [] : [{ kind: 'ignore-comment', line, message: unused, toMend: false }];
  });
}

function whyUnused({ place, names }: IgnoreComment, { known, transforms, level }: FixOptions): string | undefined {
  if (place === undefined) return 'the comment ignores nothing: it is not directly above an instruction';
  const meant = known?.filter((one) =>
    names === undefined ? !isAbove(one.level, level ?? DEFAULT_LEVEL) : names.includes(one.name),
  );
  if (meant?.every(({ name }) => transforms.some((one) => one.name === name)) !== true) return undefined;
  const what =
    names === undefined ? 'no transform finds' : `${names.join(', ')} find${names.length > 1 ? '' : 's'} nothing`;
  return `the comment ignores nothing: ${names === undefined ? `${what} anything` : what} here`;
}

/** Gives the number of the line at an offset; offsets have to come in order, so that a file is counted once. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let feed = text.indexOf('\n');
  return (offset) => {
    for (; feed !== -1 && feed < offset; feed = text.indexOf('\n', feed + 1)) line++;
    return line;
  };
}
