/** The script of a RUN, where a shell reads it from a heredoc, too. */
import { parseScript } from '../../src/shell/parse.js';
import type { Script } from '../../src/shell/types.js';
import type { Step } from '../../src/image/types.js';
import type { FinalImage } from './final-image.js';

/** `<<EOF bash -e` and `bash <<EOF` */
const FED_TO_SHELL =
  /^(?:<<-?["']?\w+["']?\s+(?:\/bin\/)?(?:ba|da)?sh(?:\s+-[eux]+)*|(?:\/bin\/)?(?:ba|da)?sh(?:\s+-[eux]+)*\s+<<-?["']?\w+["']?)$/;

/** Undefined where it can't be read. */
export function scriptOf({ dockerfile }: FinalImage, step: Step): Script | undefined {
  return step.script ?? fedToShell(dockerfile.text, step);
}

function fedToShell(text: string, { kind, instruction }: Step): Script | undefined {
  const [heredoc, ...more] = instruction.heredocs;
  if (kind !== 'run' || heredoc === undefined || more.length > 0) return undefined;
  if (!FED_TO_SHELL.test(instruction.body.text.trim())) return undefined;
  const script = parseScript(text.slice(heredoc.body.start, heredoc.body.end).replaceAll('\r\n', ' \n'));
  return script.error === undefined ? script : undefined;
}
