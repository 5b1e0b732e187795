import { attachedComments } from '../dockerfile/edit.js';
import type { Dockerfile, Instruction, Range } from '../dockerfile/types.js';
import type { Change } from './types.js';

/** What an ignore comment says: for all transforms, or for those it names. */
interface Ignore {
  readonly names: readonly string[] | undefined;
  readonly reason: string | undefined;
}

/** Says for a change why an ignore comment forbids it; undefined when none does. */
export type IgnoreCheck = (transform: string, change: Change) => string | undefined;

const COMMENT = /^#\s*dockmod-ignore(-file)?(?:\s+(?!--)([^-].*?))?(?:\s+--\s*(.*))?\s*$/;

/**
 * Reads `# dockmod-ignore`, `# dockmod-ignore merge-run, pin-base-image -- reason` above an instruction, and
 * `# dockmod-ignore-file` among the comments above the first instruction.
 */
export function readIgnores(dockerfile: Dockerfile): IgnoreCheck {
  if (!dockerfile.text.includes('dockmod-ignore')) return () => undefined;
  const whole = dockerfile.comments
    .filter(({ start }) => start < (dockerfile.instructions[0]?.start ?? 0))
    .flatMap((comment) => readIgnore(dockerfile, comment, true));
  const perInstruction = dockerfile.instructions.map((instruction) => ({
    instruction,
    ignores: attachedComments(dockerfile, instruction).flatMap((comment) => readIgnore(dockerfile, comment, false)),
  }));
  const guarded = perInstruction.filter(({ ignores }) => ignores.length > 0);
  return (transform, change) => {
    const ignores = [...whole, ...guarded.flatMap((one) => (touches(change, one.instruction) ? one.ignores : []))];
    const found = ignores.find(({ names }) => names === undefined || names.includes(transform));
    return found && `an ignore comment says so${found.reason === undefined ? '' : `: ${found.reason}`}`;
  };
}

function readIgnore({ text }: Dockerfile, { start, end }: Range, wholeFile: boolean): Ignore[] {
  const match = COMMENT.exec(text.slice(start, end));
  if (match === null || (match[1] !== undefined) !== wholeFile) return [];
  const names = match[2]?.split(/[\s,]+/).filter((name) => name !== '');
  return [{ names, reason: match[3] }];
}

function touches({ range, edits }: Change, instruction: Instruction): boolean {
  const within = (one: Range): boolean => one.start < instruction.end && one.end > instruction.start;
  return within(range) || edits.some(within);
}
