/** Files that RUNs write by a redirection, or put in their place: `echo '…' > /usr/local/bin/tool`. */
import { mentionsApt } from '../commands/apt/mention.js';
import { isIn } from '../commands/catalogue/index.js';
import { fileArguments } from '../commands/file-arguments.js';
import { programOf } from '../commands/program.js';
import { memoize } from '../memoize.js';
import { imagePath } from '../paths.js';
import type { Command } from '../shell/types.js';
import { statesUpTo } from './state.js';
import type { ImageState, StageState } from './types.js';

/** Of a stage and those that it is built FROM; undefined where no RUN writes it. Its text is undefined where it is not known. */
export function writtenFile(
  image: Pick<ImageState, 'stages'>,
  { stage }: StageState,
  path: string,
): { readonly text: string | undefined } | undefined {
  const last = statesUpTo(image, stage)
    .map(writtenHere)
    .findLast((texts) => texts.has(path));
  return last && { text: last.get(path) };
}

/** A command of the stage, or of those that it is built FROM, prints a text that names apt. */
export function printsApt(image: Pick<ImageState, 'stages'>, { stage }: StageState): boolean {
  return statesUpTo(image, stage).some(({ steps }) =>
    steps.some(({ script }) =>
      script?.commands.some(
        (command) =>
          isIn(programOf(command)?.row, 'feeds') && command.args.some(({ value, text }) => mentionsApt(value ?? text)),
      ),
    ),
  );
}

const writtenHere = memoize(({ steps }: StageState): ReadonlyMap<string, string | undefined> => {
  const texts = new Map<string, string | undefined>();
  for (const { script, config } of steps)
    for (const command of script?.commands ?? [])
      for (const [target, text] of writesOf(command)) {
        const path = imagePath(config.workdir, target);
        const known = !texts.has(path) || texts.get(path) !== undefined;
        texts.set(path, known && text !== undefined ? `${texts.get(path) ?? ''}${text}\n` : undefined);
      }
  return texts;
});

function writesOf(command: Command): readonly (readonly [string, string | undefined])[] {
  const program = programOf(command);
  if (program === undefined) return [];
  const redirected = command.redirections
    .filter(
      ({ operator, target }) =>
        /^\d*>>?\|?$/.test(operator) && target !== undefined && !/^["']?\/dev\/|^\d$/.test(target),
    )
    .map(({ target }) => [(target ?? '').replace(/["']/g, ''), printed(command)] as const);
  if (!isIn(program.row, 'files') || !/^(?:cp|mv|ln|install|tee)$/.test(program.name)) return redirected;
  const last = fileArguments(program)?.paths.at(-1);
  return last?.value === undefined ? redirected : [...redirected, [last.value, undefined]];
}

/** What `echo` and `printf` print, their escapes read. */
function printed(command: Command): string | undefined {
  const program = programOf(command);
  if (program?.name !== 'echo' && program?.name !== 'printf') return undefined;
  const words = program.args.filter(({ text }, index) => index > 0 || !/^-[neE]+$/.test(text));
  if (words.some(({ value }) => value === undefined)) return undefined;
  return words
    .map(({ value }) => value)
    .join(' ')
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t');
}
