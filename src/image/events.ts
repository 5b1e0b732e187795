import type { Dockerfile, Instruction } from '../dockerfile/types.js';
import { heredocBodies, textWithHeredocs } from '../dockerfile/heredoc.js';
import { copyWords, isRemote } from '../dockerfile/copy.js';
import { operandsOf } from '../dockerfile/words.js';
import { archiveKindByName } from '../facts/context/archives.js';
import { baseName } from '../paths.js';
import { cacheFlags, isCacheCleanup, isIndexRefresh } from '../commands/caches.js';
import { namesStage } from '../dockerfile/stages.js';
import { parseScript } from '../shell/parse.js';
import type { Command, Script, ShellRange } from '../shell/types.js';
import { expandWord } from '../dockerfile/expand.js';
import { fixedValue } from './fixed-value.js';
import { sourceOf } from './unchanged-text.js';
import type { Facet, ImageState, StageState, Step } from './types.js';

/** One thing that happens while a stage is built, in a form that does not depend on how the file spells it. */
export interface Event {
  readonly facet: Facet;
  readonly text: string;
}

const STATE: Partial<Record<string, Facet>> = {
  ENV: 'env',
  ARG: 'args',
  WORKDIR: 'workdir',
  USER: 'user',
  SHELL: 'shell',
};

/**
 * What happens in a stage, in order. A RUN that is a plain `&&` list is its members, one event each, so that two RUNs and
 * their join are the same; cache cleanup is apart under `caches`. A RUN that is kept word for word is a single event: its
 * script need not be read.
 */
export function stageEvents(
  state: ImageState,
  { stage, steps }: StageState,
  isKept: (run: Step) => boolean,
): readonly Event[] {
  const byInstruction = new Map(steps.map((step) => [step.instruction, step]));
  const bases = new Set<string>();
  const events = stage.instructions.flatMap((instruction): readonly Event[] => {
    const step = byInstruction.get(instruction);
    if (step?.kind === 'run' && isKept(step)) return [{ facet: 'commands', text: sourceOf(state, instruction) }];
    if (step?.kind === 'run') return runEvents(state, instruction, step.script);
    if (step !== undefined) return copyEvents(state, instruction);
    const facet = STATE[instruction.keyword];
    return facet === undefined ? [] : [{ facet, text: `${instruction.keyword} ${tidy(instruction.body.text)}` }];
  });
  // RUNs that mount the same image, and their join, are built on it alike.
  return events.filter(({ facet, text }) => facet !== 'base' || (!bases.has(text) && bases.add(text)));
}

function copyEvents(state: ImageState, instruction: Instruction): readonly Event[] {
  const { flags, base } = flagsOf(state.dockerfile, instruction);
  const keyword = addsByMagic(state.dockerfile, instruction) ? 'ADD' : 'COPY';
  return [
    ...base,
    {
      facet: 'files',
      text: [keyword, ...flags, ...operandsOf(instruction), ...heredocBodies(state.dockerfile, instruction)].join(' '),
    },
  ];
}

/** Stands in front of what is not known before the build: no file has it in its name. */
const UNKNOWN = '\0';

/** ADD does what COPY does unless a source is remote, an archive by its name, or unknown. */
function addsByMagic(dockerfile: Dockerfile, instruction: Instruction): boolean {
  if (instruction.keyword !== 'ADD') return false;
  if (instruction.flags.some(({ name }) => ['checksum', 'keep-git-dir', 'unpack'].includes(name))) return true;
  const valueOf = (name: string): string => fixedValue(dockerfile, instruction, name) ?? UNKNOWN + name;
  const written = copyWords(instruction)?.sources ?? [];
  const sources = written.map((word) => expandWord(word, valueOf, dockerfile.escape));
  return sources.some(
    (source) =>
      source.startsWith(UNKNOWN) || isRemote(instruction, source) || archiveKindByName(baseName(source)) === 'archive',
  );
}

function runEvents(state: ImageState, instruction: Instruction, script: Script | undefined): readonly Event[] {
  const { flags, base } = flagsOf(state.dockerfile, instruction);
  const prefix = flags.join(' ');
  if (script === undefined) {
    const text = tidy(textWithHeredocs(state.dockerfile, instruction));
    return [...base, { facet: 'commands', text: `${prefix} ${text}` }];
  }
  return [...base, ...scriptEvents(script).map(({ facet, text }) => ({ facet, text: `${prefix} ${text}` }))];
}

/** Members of a plain `&&` list one by one; a group is the RUN that it was joined from. */
function scriptEvents(script: Script): readonly Event[] {
  const [statement, ...others] = script.statements;
  const isList = statement?.operators.every((operator) => operator === '&&') === true && !statement.background;
  if (statement === undefined || others.length > 0 || !isList)
    return unitEvents(script, { start: 0, end: script.text.length });
  return statement.members.flatMap((member) => {
    const text = script.text.slice(member.start, member.end);
    const inner = groupAlone(text);
    return inner === undefined ? unitEvents(script, member) : scriptEvents(inner);
  });
}

/** The commands of a unit, in the order of the text; a script has thousands of units, so they are not all looked at. */
function commandsWithin({ commands }: Script, unit: ShellRange): readonly Command[] {
  let [low, high] = [0, commands.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((commands[middle]?.start ?? Infinity) < unit.start) low = middle + 1;
    else high = middle;
  }
  const found: Command[] = [];
  for (let at = low; (commands[at]?.start ?? Infinity) <= unit.end; at++) {
    const command = commands[at];
    if (command !== undefined && command.end <= unit.end) found.push(command);
  }
  return found;
}

/** The text of a unit without cache cleanup and cache flags, which become events of their own. */
function unitEvents(script: Script, unit: ShellRange): readonly Event[] {
  const commands = commandsWithin(script, unit);
  const cuts: ShellRange[] = [];
  const caches: Event[] = [];
  const cut = (range: ShellRange, command: Command): void => {
    cuts.push(range);
    caches.push({ facet: 'caches', text: script.text.slice(command.start, command.end) });
  };
  for (const command of commands) {
    const isAlone = !command.within.includes('pipeline');
    if (isAlone && (isCacheCleanup(command) || isIndexRefresh(command)))
      cut(withOperator(script.text, command, { start: cuts.at(-1)?.end ?? unit.start, end: unit.end }), command);
    else for (const flag of cacheFlags(command)) cut(flag, command);
  }
  let text = '';
  let offset = unit.start;
  for (const { start, end } of cuts) {
    text = joinWords(text, withoutBlanksAtEnd(script.text.slice(offset, Math.max(offset, start))));
    offset = Math.max(offset, end);
  }
  const left = joinWords(text, script.text.slice(offset, unit.end)).trim().replace(/;$/, '').trim();
  if (left === '') return caches;
  // Without them it may be another list: of `apk update; make && make check` two commands are left.
  if (cuts.length > 0) return [...scriptEvents(parseScript(left)), ...caches];
  const rest = spaced(tidy(left));
  const inner = groupAlone(rest);
  return [...(inner === undefined ? [{ facet: 'commands' as const, text: rest }] : scriptEvents(inner)), ...caches];
}

/** With one blank on both sides of `&&` and `||` outside quotes: one without is the same. */
function spaced(text: string): string {
  return text.replace(/'[^']*'|"(?:\\[\s\S]|[^"\\])*"?|\\.| ?(&&|\|\|) ?/g, (part, operator?: string) =>
    operator === undefined ? part : ` ${operator} `,
  );
}

/** What is in a `{ …; }` that is all there is. */
function groupAlone(text: string): Script | undefined {
  if (!/^\{\s/.test(text)) return undefined;
  const { compounds, statements } = parseScript(text);
  const isWhole = compounds.some(({ kind, start, end }) => kind === 'group' && start === 0 && end === text.length);
  return isWhole && statements.length === 1 ? parseScript(text.slice(1, -1).trim().replace(/;$/, '')) : undefined;
}

/** An end of a line stays: it ends a command. */
function withoutBlanksAtEnd(text: string): string {
  const kept = text.trimEnd();
  return text.includes('\n', kept.length) ? `${kept}\n` : kept;
}

/** What is left on both sides of a cut; an operator needs no blank in front of it. */
function joinWords(left: string, right: string): string {
  return left === '' || left.endsWith('\n') || /^[\s|;&)]|^$/.test(right) ? left + right : `${left} ${right}`;
}

/**
 * The command with the operator that joins it to its neighbour: `&&` on either side, since without it the other side is what it was
 * before; else the operator before, or where the last cut has taken that, and at the start of the unit, the next.
 * @param unit from the last cut on
 */
function withOperator(text: string, { start, end }: ShellRange, unit: ShellRange): ShellRange {
  const before = operatorAtEnd(text.slice(unit.start, start));
  const after = /^\s*(?:(&&)|;|\n)/.exec(text.slice(end, unit.end));
  const isOwn = before === undefined || (after?.[1] !== undefined && !text.startsWith('&&', unit.start + before));
  return isOwn ? { start, end: end + (after?.[0].length ?? 0) } : { start: unit.start + before, end };
}

/** Where the operator begins with which a text ends, blanks behind it aside: `&&`, `;` or the end of a line. */
function operatorAtEnd(text: string): number | undefined {
  const written = text.trimEnd();
  for (const operator of ['&&', ';']) if (written.endsWith(operator)) return written.length - operator.length;
  const line = text.indexOf('\n', written.length);
  return line < 0 ? undefined : line;
}

/** Flags in a fixed order; an outside image that one names is a base of its own. */
function flagsOf(dockerfile: Dockerfile, { flags }: Instruction): { flags: string[]; base: Event[] } {
  const base: Event[] = [];
  const texts = flags.map(
    ({ name, value = '' }) =>
      `--${name}=${value.replace(/^.*$/, (all) => (name === 'from' ? placeholder(all) : all.replace(/(?<=(?:^|,)from=)[^,]+/, placeholder)))}`,
  );
  function placeholder(image: string): string {
    if (namesStage(dockerfile, image)) return image.toLowerCase();
    base.push({ facet: 'base', text: image });
    return 'image';
  }
  return { flags: texts.sort(), base };
}

/** Runs of blanks outside quotes become one, and an end of a line where there is one among them. */
export function tidy(text: string): string {
  return text
    .replace(/'[^']*'|"(?:\\[\s\S]|[^"\\])*"?|\s+/g, (part) =>
      /^\s/.test(part) ? (part.includes('\n') ? '\n' : ' ') : part,
    )
    .trim();
}
