/** The edits that put a tree copy after an install and the manifests before it. */
import { isHeading } from '../../src/dockerfile/headings.js';
import { adjoinsNext, attachedComments, lineStart } from '../../src/dockerfile/layout.js';
import type { Dockerfile, Edit, Instruction, Range } from '../../src/dockerfile/types.js';
import { insertBefore } from '../../src/edits/instructions.js';
import { moveInstructions } from '../../src/edits/move.js';
import type { Split } from '../../src/edits/run-split.js';
import type { Input } from '../../src/engine/types.js';
import type { TreeCopy } from '../../src/image/tree-copy.js';
import type { StageState } from '../../src/image/types.js';
import { isRefusal } from '../../src/refusal.js';
import { heldBefore } from './copied-files.js';
import type { InstallRun } from './find-installs.js';
import { copyLines, missingInputs } from './manifest-copies.js';
import type { Reached } from './move-check.js';

export interface Move {
  /** The copy, and after it what goes along with it. */
  readonly copies: readonly Instruction[];
  /** Lines that take the first one's place, or come before a RUN further down. */
  readonly lines: readonly { readonly before: Instruction | undefined; readonly text: readonly string[] }[];
  readonly after: Instruction;
  /** Where `after` is divided, when only its first part is the install. */
  readonly gap: Split | undefined;
}

/** The move, and the paths of the context that it copies ahead: those that are there already are not among them. */
export function planMove(
  input: Input,
  state: StageState,
  tree: TreeCopy,
  reached: readonly Reached[],
): { readonly move: Move; readonly copied: readonly string[] } {
  const { dockerfile } = input;
  const held = heldBefore(input, state, tree);
  const done = new Set<string>();
  const copied: string[] = [];
  const lines: { before: Instruction | undefined; text: readonly string[] }[] = [];
  for (const { run, inputs } of reached) {
    const missing = missingInputs(tree, inputs, held, done);
    const text = copyLines(dockerfile, tree, missing);
    copied.push(...missing.files, ...(missing.directories ?? []));
    if (text.length > 0) lines.push({ before: followsCopy(dockerfile, tree, run) ? undefined : run.instruction, text });
    for (const path of [...inputs.files, ...(inputs.directories ?? [])]) done.add(path);
  }
  const last = reached.at(-1)?.run;
  const companions = last?.companions.map(({ instruction }) => instruction) ?? [];
  const copies = [tree.instruction, ...companions];
  const move = { copies, lines, after: last?.instruction ?? tree.instruction, gap: gapOf(last) };
  return { move, copied };
}

/** No other RUN is between the copy and this one. */
function followsCopy(dockerfile: Dockerfile, tree: TreeCopy, { instruction: run, companions }: InstallRun): boolean {
  const between = dockerfile.instructions.slice(tree.instruction.index + 1, run.index);
  const moved = companions.map(({ instruction }) => instruction);
  return between.every((instruction) => instruction.keyword !== 'RUN' || moved.includes(instruction));
}

function gapOf(run: InstallRun | undefined): Move['gap'] {
  const gap = run?.reading.rest?.gap;
  return isRefusal(gap) ? undefined : gap;
}

export function moveCopy(dockerfile: Dockerfile, { copies, lines, after, gap }: Move): readonly Edit[] {
  const moved = copies.map((instruction, index) => ({
    instruction,
    withComments: index > 0 || speaksOfCopy(dockerfile, instruction),
    head: index > 0 ? undefined : headOfCopy(dockerfile, instruction),
  }));
  const here = lines.find(({ before }) => before === undefined)?.text ?? [];
  const added = lines.flatMap(({ before, text }) =>
    before === undefined ? [] : [insertBefore(dockerfile, before, text)],
  );
  return [...moveInstructions(dockerfile, moved, { after, split: gap }, here), ...added];
}

const OF_COPY = /cop(?:y|i)|\badd|source|code|files?\b|content|mount|context|project|\bapp|everything|\brest\b|bring/i;
const OF_INSTALL = /install|depend|requirement|package|modules|manifest|\b(?:npm|yarn|pnpm|pip|gem|bundle|composer)/i;

/** `Install the project into /app` above the copy of it. */
const PUTS_PROJECT =
  /\binstall(?:s|ing)?\s+(?:the\s+|our\s+)?(?:project|app(?:lication)?|code|sources?)\b(?!\W+(?:dep|req|pack|mod))/i;

/** The comments above speak of the copy, and not of the install: they go where the copy goes. */
function speaksOfCopy(dockerfile: Dockerfile, copy: Instruction): boolean {
  const comments = attachedComments(dockerfile, copy).map(({ start, end }) => dockerfile.text.slice(start, end));
  const text = comments.join(' ');
  return OF_COPY.test(text) && !OF_INSTALL.test(text.replace(PUTS_PROJECT, ''));
}

const OF_COPY_ALONE = /\bcop(?:y|i)|\badd(?:s|ing)?\b|\bsources?\b|\bcode\b/i;
const SETTINGS = new Set(['ENV', 'ARG', 'WORKDIR']);

/** The comments above the settings that the copy comes directly after, where they tell of the copy: `# Copy the code`, ENV, WORKDIR, COPY. */
function headOfCopy(dockerfile: Dockerfile, copy: Instruction): Range | undefined {
  const { instructions, text } = dockerfile;
  const leads = (one: Instruction): boolean => SETTINGS.has(one.keyword) && adjoinsNext(dockerfile, one);
  const head = instructions[instructions.slice(0, copy.index).findLastIndex((one) => !leads(one)) + 1];
  if (head === undefined || head === copy) return undefined;
  const comments = attachedComments(dockerfile, head);
  const told = comments.map(({ start, end }) => text.slice(start, end));
  const [top] = comments;
  const about = OF_COPY_ALONE.test(told.join(' ')) && !OF_INSTALL.test(told.join(' '));
  if (top === undefined || !about || told.some(isHeading)) return undefined;
  return { start: lineStart(text, top.start), end: lineStart(text, head.start) };
}
