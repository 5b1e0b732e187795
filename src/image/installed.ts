/** What the RUNs of a stage, and of those it is built FROM, install by name. */
import { isIn } from '../commands/catalogue/index.js';
import { packageAction } from '../commands/packages.js';
import { programOf } from '../commands/program.js';
import { memoize } from '../memoize.js';
import type { Command } from '../shell/types.js';
import type { ImageState, StageState } from './types.js';

export interface Installed {
  /** Packages of any manager, without their versions. */
  readonly names: ReadonlySet<string>;
  /** A compiler or build tool runs, or what a project's own packages bring is put into PATH. */
  readonly compiles: boolean;
}

export function installedIn({ stages }: Pick<ImageState, 'stages'>, { stage }: StageState): Installed {
  const own = stages[stage.index];
  const inherited = stage.parent && stages[stage.parent.index];
  const below = inherited && installedIn({ stages }, inherited);
  const here = own && installedHere(own);
  return {
    names: new Set([...(below?.names ?? []), ...(here?.names ?? [])]),
    compiles: below?.compiles === true || here?.compiles === true,
  };
}

const installedHere = memoize(({ steps }: StageState): Installed => {
  const commands = steps.flatMap(({ script }) => script?.commands ?? []);
  const names = commands.flatMap((command) => {
    const action = packageAction(command);
    return action?.kind === 'install' ? action.operands.map(({ value, text }) => packageName(value ?? text)) : [];
  });
  return { names: new Set(names), compiles: commands.some(makesPrograms) };
});

function makesPrograms(command: Command): boolean {
  const program = programOf(command);
  if (isIn(program?.row, 'compiler')) return true;
  return program?.row?.brings?.by.some((word) => program.args.some(({ text }) => text === word)) === true;
}

/** `flask==3.0`, `@angular/cli@17`, `jq=1.6-2`, `github.com/x/tool@latest` */
function packageName(word: string): string {
  const bare = word.replace(/(?<=.)(?:@|[=<>~!]).*$/, '');
  return bare.slice(bare.lastIndexOf('/') + 1);
}
