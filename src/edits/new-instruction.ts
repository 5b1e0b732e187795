/** Instructions that are written anew, as the file writes its own. */
import { keywordLike } from '../dockerfile/style.js';
import type { Dockerfile } from '../dockerfile/types.js';
import { inlineStyle, joint, linedStyle } from './joint.js';

const LONGEST_LINE = 100;

/** One line: `USER 1000`, `user 1000`. */
export function newInstruction(dockerfile: Dockerfile, keyword: string, body: string): string {
  return `${keywordLike(dockerfile, keyword)} ${body}`;
}

/** The lines of a RUN that runs the commands one after the other: one line where it is not too long. */
export function newRun(dockerfile: Dockerfile, commands: readonly string[]): readonly string[] {
  const single = newInstruction(dockerfile, 'RUN', commands.join(joint(inlineStyle(dockerfile))));
  if (single.length <= LONGEST_LINE) return [single];
  const style = linedStyle(dockerfile);
  // An indentation under a long command would look lost here.
  const indent = style.indent === '' || style.indent.length > 8 ? '    ' : style.indent;
  return newInstruction(dockerfile, 'RUN', commands.join(joint({ ...style, indent }))).split(style.newline);
}
