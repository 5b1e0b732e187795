import { attachedComments } from '../dockerfile/layout.js';
import type { Dockerfile, Instruction, Range } from '../dockerfile/types.js';
import { readHadolintPragma } from '../dockerfile/pragmas.js';
import { refuse, type Refusal } from '../refusal.js';
import type { Change, Transform } from './types.js';

/** What a comment forbids, and how it says so. */
interface Ignore {
  readonly forbids: (transform: Transform) => boolean;
  readonly refusal: Refusal;
}

/** Says for a change why a comment forbids it; undefined when none does. */
export type IgnoreCheck = (transform: Transform, change: Change) => Refusal | undefined;

const COMMENT = /^#\s*dockmod-ignore(-file)?(?=\s|$)/;

/**
 * Reads `# dockmod-ignore`, `# dockmod-ignore merge-run, pin-base-image -- reason` above an instruction, and
 * `# dockmod-ignore-file` among the comments above the first instruction. Where hadolint is told to overlook what a transform
 * would mend (`Transform.covers`), the author wants it as it is.
 */
export function readIgnores(dockerfile: Dockerfile): IgnoreCheck {
  if (!/dockmod-ignore|hadolint/i.test(dockerfile.text)) return () => undefined;
  const top = dockerfile.comments.filter(({ start }) => start < (dockerfile.instructions[0]?.start ?? 0));
  const whole = [
    ...top.flatMap((comment) => readIgnore(dockerfile, comment, true)),
    ...dockerfile.comments.flatMap((comment) => readOverlooked(dockerfile, comment, true)),
  ];
  const perInstruction = dockerfile.instructions.map((instruction) => ({
    instruction,
    ignores: attachedComments(dockerfile, instruction).flatMap((comment) => [
      ...readIgnore(dockerfile, comment, false),
      ...readOverlooked(dockerfile, comment, false),
    ]),
  }));
  const guarded = perInstruction.filter(({ ignores }) => ignores.length > 0);
  return (transform, change) => {
    const ignores = [...whole, ...guarded.flatMap((one) => (touches(change, one.instruction) ? one.ignores : []))];
    return ignores.find(({ forbids }) => forbids(transform))?.refusal;
  };
}

function readIgnore({ text }: Dockerfile, { start, end }: Range, wholeFile: boolean): Ignore[] {
  const comment = text.slice(start, end);
  const match = COMMENT.exec(comment);
  if (match === null || (match[1] !== undefined) !== wholeFile) return [];
  const rest = comment.slice(match[0].length).trim();
  const dash = rest.search(/(?:^|\s)--/);
  const named = (dash < 0 ? rest : rest.slice(0, dash)).trim();
  if (named.startsWith('-')) return [];
  const names = named === '' ? undefined : named.split(/[\s,]+/).filter((name) => name !== '');
  const why = dash < 0 ? '' : `: ${rest.slice(dash).trim().slice(2).trim()}`;
  return [
    {
      forbids: ({ name }) => names === undefined || names.includes(name),
      refusal: refuse('ignored', `an ignore comment says so${why}`),
    },
  ];
}

function readOverlooked({ text }: Dockerfile, { start, end }: Range, wholeFile: boolean): Ignore[] {
  const found = readHadolintPragma(text.slice(start, end));
  if (found?.everywhere !== wholeFile) return [];
  return found.codes.map((code) => ({
    forbids: ({ covers }) => covers.includes(`hadolint/${code}`),
    refusal: refuse('ignored', `a comment tells hadolint to overlook it: ${code}`),
  }));
}

function touches({ range, edits }: Change, instruction: Instruction): boolean {
  const within = (one: Range): boolean => one.start < instruction.end && one.end > instruction.start;
  return within(range) || edits.some(within);
}
