import { parseDockerfile } from '../../../src/dockerfile/parse.js';
import type { Instruction } from '../../../src/dockerfile/types.js';

/** What a build does, as far as a shell can see it: text of the outer shell, or a script in a shell of its own. */
export type Step =
  | { readonly kind: 'state'; readonly text: string }
  | { readonly kind: 'run'; readonly script: string; readonly options: readonly string[] };

/** The steps of a Dockerfile's only stage, in their order. */
export function stepsOf(text: string): readonly Step[] {
  const dockerfile = parseDockerfile(text);
  let options: readonly string[] = [];
  return dockerfile.instructions.flatMap((instruction): Step[] => {
    const { keyword, json, words } = instruction;
    if (keyword === 'SHELL') options = optionsOf(json ?? []);
    if (keyword === 'WORKDIR') return [{ kind: 'state', text: `cd ${words[0]?.text ?? '/'}` }];
    if (keyword === 'ENV') return [{ kind: 'state', text: `export ${words[0]?.text ?? ''}` }];
    return keyword === 'RUN' ? [{ kind: 'run', script: scriptOf(dockerfile.text, instruction), options }] : [];
  });
}

/** What `set` has to say for a shell of `["/bin/bash", "-euo", "pipefail", "-c"]`: `-e`, `-u`, `-o pipefail`. */
function optionsOf(shell: readonly string[]): readonly string[] {
  const letters = shell.filter((word) => word.startsWith('-')).join('');
  const given = ['e', 'u'].filter((letter) => letters.includes(letter));
  return shell.includes('pipefail') ? [...given, 'o pipefail'] : given;
}

/** Whether the file's RUNs need bash. */
export function needsBash(text: string): boolean {
  return text.includes('"/bin/bash"');
}

function scriptOf(text: string, { heredocs, body }: Instruction): string {
  const [heredoc] = heredocs;
  return heredoc === undefined ? body.text : text.slice(heredoc.body.start, heredoc.body.end);
}
