import type { Dockerfile, Instruction, Range } from '../dockerfile/types.js';
import { isRefusal, refuse, type Refusal } from '../refusal.js';
import { parseScript } from './parse.js';
import type { Command, Script, ShellRange } from './types.js';

/** The shell program of a RUN instruction. */
export interface RunScript {
  readonly script: Script;
  readonly form: 'shell' | 'heredoc';
  /** Range in the Dockerfile of a range in the script. */
  source(range: ShellRange): Range;
}

/**
 * The script that a RUN hands to the shell, or why there is none to be read. Which shell it is, SHELL decides: that is
 * `ImageState`'s business.
 */
export function runScript(dockerfile: Dockerfile, instruction: Instruction): RunScript | Refusal {
  if (instruction.json !== undefined) return refuse('exec-form', 'the exec form has no shell');
  const found = instruction.heredocs.length > 0 ? heredocScript(dockerfile, instruction) : shellScript(instruction);
  if (isRefusal(found) || found.script.error === undefined) return found;
  return refuse('script-unreadable', `the shell script can't be read: ${found.script.error}`);
}

/** The commands of a RUN in a POSIX shell; none of another instruction, or of a script that can't be read. */
export function commandsOfRun(dockerfile: Dockerfile, instruction: Instruction): readonly Command[] {
  const run = instruction.keyword === 'RUN' ? runScript(dockerfile, instruction) : undefined;
  return run === undefined || isRefusal(run) ? [] : run.script.commands;
}

function shellScript({ body }: Instruction): RunScript {
  return {
    script: parseScript(body.text),
    form: 'shell',
    source: ({ start, end }) => ({ start: body.sourceStart(start), end: body.sourceEnd(end) }),
  };
}

/** `RUN <<EOF`: the body is the script. With a command in front, the heredoc is that command's input. */
function heredocScript({ text }: Dockerfile, { heredocs, body }: Instruction): RunScript | Refusal {
  const [heredoc] = heredocs;
  if (heredoc === undefined || heredocs.length > 1)
    return refuse('several-heredocs', 'several heredocs in one instruction');
  if (!/^<<-?["']?[\w.-]+["']?$/.test(body.text)) return refuse('heredoc-as-input', 'a heredoc feeds a command');
  const content = text.slice(heredoc.body.start, heredoc.body.end);
  if (content.startsWith('#!')) return refuse('heredoc-interpreter', 'the heredoc names an interpreter');
  if (heredoc.stripTabs && /^\t/m.test(content)) return refuse('heredoc-tabs', 'the heredoc strips tabs');
  return {
    script: parseScript(content.replaceAll('\r\n', ' \n')),
    form: 'heredoc',
    source: ({ start, end }) => ({ start: heredoc.body.start + start, end: heredoc.body.start + end }),
  };
}
