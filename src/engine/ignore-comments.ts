/** Comments by which an author tells dockmod to leave a place alone, and those that were meant to be one. */
import { attachedComments } from '../dockerfile/layout.js';
import type { Dockerfile, Instruction, Range } from '../dockerfile/types.js';
import { memoize } from '../memoize.js';
import { nearestName } from './nearest.js';

export interface IgnoreComment {
  readonly range: Range;
  /** What it speaks of; undefined for one that is above no instruction. */
  readonly place: Instruction | 'file' | undefined;
  /** Undefined: all transforms. */
  readonly names: readonly string[] | undefined;
  /** What the author says after `--`. */
  readonly why: string;
  /** Why it is not written as an ignore comment is. */
  readonly mistake: string | undefined;
}

const EXACT = /^#\s*dockmod-ignore(-file)?(?=\s|$)/;
/** `# dockmod ignore`, `# dockmod-ignore: x`, `# dockmod-ingore`, `# dockmod-disable-next-line`. */
const NEARLY =
  /^#\s*(?:dock-?mode?|docmod|dokmod)[\s:_-]{0,9}(?:ig[no]\w*|ingo\w*|disabl\w*|skip\w*|off\b)(?:[-_](?:next|line|this)){0,3}([-_]?file\b)?/i;

/** In the order of the file: `# dockmod-ignore merge-run, pin-base-image -- reason`, `# dockmod-ignore-file`. */
export const ignoreComments = memoize((dockerfile: Dockerfile): readonly IgnoreComment[] => {
  if (!/do(?:ck?|k)-?mod/i.test(dockerfile.text)) return [];
  const above = new Map(
    dockerfile.instructions.flatMap((one) =>
      attachedComments(dockerfile, one).map(({ start }) => [start, one] as const),
    ),
  );
  const outer = dockerfile.comments.flatMap((comment) => readComment(dockerfile, comment, above.get(comment.start)));
  const inner = dockerfile.instructions.flatMap((one) =>
    one.comments.flatMap((comment) =>
      readComment(dockerfile, comment, one).map((found): IgnoreComment => ({ ...found, place: one, mistake: INSIDE })),
    ),
  );
  return [...outer, ...inner].sort((a, b) => a.range.start - b.range.start);
});

const INSIDE = 'it counts only above the instruction, not in the middle of it';

function readComment(dockerfile: Dockerfile, range: Range, above: Instruction | undefined): readonly IgnoreComment[] {
  const comment = dockerfile.text.slice(range.start, range.end);
  const exact = EXACT.exec(comment);
  const match = exact ?? NEARLY.exec(comment);
  if (match === null) return [];
  const forFile = match[1] !== undefined;
  const early = range.start < (dockerfile.instructions[0]?.start ?? 0);
  const rest = comment.slice(match[0].length).trim();
  const dash = rest.search(/(?:^|\s)--/);
  const list = (dash < 0 ? rest : rest.slice(0, dash)).replace(/^[:=\s]+/, '').trim();
  const why = dash < 0 ? '' : rest.slice(dash).trim().slice(2).trim();
  const names = list === '' ? undefined : list.split(/[\s,]+/).filter((name) => name !== '');
  const right = `# dockmod-ignore${forFile ? '-file' : ''}${names === undefined ? '' : ` ${names.join(', ')}`}`;
  const mistake =
    exact === null
      ? `it is no ignore comment: did you mean \`${right}\`?`
      : forFile && !early
        ? 'it counts only above the first instruction: `# dockmod-ignore` speaks of one instruction'
        : undefined;
  return [{ range, place: forFile && early ? 'file' : above, names, why, mistake }];
}

/** What is wrong with a comment; `known` are the names of all transforms, undefined where they are not known. */
export function mistakeIn(
  { mistake, names = [] }: IgnoreComment,
  known: readonly string[] | undefined,
): string | undefined {
  if (mistake !== undefined || known === undefined) return mistake;
  const unknown = names.filter((name) => !known.includes(name));
  const [first] = unknown;
  if (first === undefined) return undefined;
  const meant = nearestName(first, known);
  if (meant !== undefined) return `no transform is called ${first}: did you mean ${meant}?`;
  return unknown.length > 1
    ? `no transforms are called ${unknown.join(' ')}: a reason goes after --`
    : `no transform is called ${first}: \`dockmod list\` names them`;
}
