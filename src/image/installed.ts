/** What the RUNs of a stage, and of those it is built FROM, install by name. */
import { isIn } from '../commands/catalogue/index.js';
import { packageAction } from '../commands/packages.js';
import { programOf } from '../commands/program.js';
import { memoize } from '../memoize.js';
import type { Command } from '../shell/types.js';
import { statesUpTo } from './state.js';
import type { ImageState, StageState } from './types.js';

/** What the RUNs of one stage do: packages without their versions. */
interface Installed {
  readonly names: ReadonlySet<string>;
  readonly compiles: boolean;
}

/** A package of that name, of any manager. */
export function isInstalled(image: Pick<ImageState, 'stages'>, { stage }: StageState, name: string): boolean {
  return statesUpTo(image, stage).some((state) => installedHere(state).names.has(name));
}

/** A compiler or build tool runs, or what a project's own packages bring is put into PATH. */
export function compilesPrograms(image: Pick<ImageState, 'stages'>, { stage }: StageState): boolean {
  return statesUpTo(image, stage).some((state) => installedHere(state).compiles);
}

const installedHere = memoize(({ steps }: StageState): Installed => {
  const commands = steps.flatMap(({ script }) => script?.commands ?? []);
  const names = commands.flatMap((command) => {
    const action = packageAction(command);
    return action?.kind === 'install'
      ? action.operands.flatMap(({ value, text }) => programNames(packageName(value ?? text)))
      : [];
  });
  return { names: new Set(names), compiles: commands.some(makesPrograms) };
});

function makesPrograms(command: Command): boolean {
  const program = programOf(command);
  if (isIn(program?.row, 'compiler')) return true;
  return program?.row?.brings?.by.some((word) => program.args.some(({ text }) => text === word)) === true;
}

/** `virtualbox-5.2` brings virtualbox. */
function programNames(name: string): readonly string[] {
  return [name, name.replace(/(?<=\w)-\d[\d.]*$/, '')];
}

/** `flask==3.0`, `@angular/cli@17`, `jq=1.6-2`, `github.com/x/tool@latest` */
function packageName(word: string): string {
  const bare = word.replace(/(?<=.)[@=<>~!].*/s, '');
  return bare.slice(bare.lastIndexOf('/') + 1);
}
