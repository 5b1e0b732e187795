import { baseName } from '../paths.js';
import { isSetupScript } from './setup-scripts.js';
import { programOf } from './program.js';
import { packageAction, type PackageAction } from './packages.js';
import { isIn } from './catalogue/index.js';
import { parseScript } from '../shell/parse.js';
import type { Instruction } from '../dockerfile/types.js';
import type { Command, Script } from '../shell/types.js';

/** A command that fetches the apt lists or needs them. */
export interface ListCommand {
  readonly command: Command;
  /** `perhaps`: a script that can't be read may install from them, by its name. */
  readonly use: 'update' | 'read' | 'perhaps';
  /** Who runs apt: the command itself, a vendor's set-up script, or a script file. */
  readonly by: 'command' | 'vendor' | 'file';
}

/** The text of a script file. Without certainty, another file may have taken its place by the time it is run. */
export interface ScriptFile {
  readonly text: string;
  readonly certain: boolean;
}

/** A script file by its path, where it can be read. */
export type ReadScript = (path: string) => ScriptFile | undefined;

/** The script files that a RUN runs. */
export type ReadScriptOf = (run: Instruction) => ReadScript;

/** Questions of apt-get and apt that are answered from the lists. */
const ASKS = new Set(['source', 'download', 'changelog', 'show', 'showpkg', 'showsrc', 'search', 'policy', 'madison']);
/** Paths of scripts that install packages; and of those among them that bring all they need along. */
const INSTALLS = /install|depend|(?:^|[-_])deps?(?:[-_.]|$)|packages?|setup|provision|prereq|requirement/i;
const COMPLETE =
  /conda|nvm|google-cloud-sdk|rustup|emsdk|sdkmanager|steamcmd|venv|node_modules|\.(?:py|rb|php|js|jar|bin|run)$/i;

/** The commands of a script that deal with the apt lists, in order. */
export function listCommands(script: Script, readScript?: ReadScript): readonly ListCommand[] {
  const { commands } = script;
  return commands.flatMap((command): ListCommand[] => {
    const use = ownUse(command);
    if (use !== undefined) return [{ command, use, by: 'command' }];
    if (isSetupScript(script, command)) return [{ command, use: 'update', by: 'vendor' }];
    const file = scriptFile(command);
    const found = file === undefined ? undefined : fileUse(file, commands, readScript);
    return found === undefined ? [] : [{ command, use: found, by: 'file' }];
  });
}

function ownUse(command: Command): 'update' | 'read' | undefined {
  const action = packageAction(command);
  if (action?.manager === 'apt') {
    if (action.kind === 'update') return 'update';
    if (action.kind === 'install' || action.kind === 'upgrade') return 'read';
    return ASKS.has(action.subcommand?.text ?? '') ? 'read' : undefined;
  }
  const program = programOf(command);
  const installs = program?.args.some(({ text }) => program.row?.readsLists?.includes(text)) === true;
  return installs || isIn(program?.row, 'reads-apt-lists') ? 'read' : undefined;
}

/** `./install.sh`, `bash /tmp/setup.sh`: the path as written. */
function scriptFile(command: Command): string | undefined {
  const program = programOf(command);
  if (program === undefined) return undefined;
  const { word, name, args, row } = program;
  if (!isIn(row, 'shell') && name !== '.' && name !== 'source')
    return word.text.includes('/') && !/^\/(?:usr\/(?:local\/)?)?s?bin\//.test(word.text) ? word.value : undefined;
  return args.some(({ text }) => /^-\w*c$/.test(text))
    ? undefined
    : args.find(({ text }) => !text.startsWith('-'))?.value;
}

function fileUse(
  path: string,
  around: readonly Command[],
  readScript: ReadScript = () => undefined,
): ListCommand['use'] | undefined {
  const moves = around.some(({ name }) => name?.value === 'cd');
  const file = moves ? undefined : readScript(path);
  const use = file && listCommands(parseScript(file.text))[0]?.use;
  if (file?.certain === true) return use;
  if (use === 'read') return 'perhaps';
  const name = baseName(path);
  const fetched = around.some((one) => /^(?:curl|wget)$/.test(programOf(one)?.name ?? '') && endsIn(one, name));
  return INSTALLS.test(path) && !COMPLETE.test(path) && !fetched ? 'perhaps' : undefined;
}

/** A download of that name: what the public is told to run installs what it needs by itself. */
function endsIn({ args }: Command, name: string): boolean {
  return args.some(({ text }) => text.replace(/["']/g, '').endsWith(name));
}

/** The vendors' set-up scripts that a script runs, each as the `apt-get update` that it ends with, with sudo where apt has it. */
export function setupScripts(script: Script): readonly { readonly command: Command; readonly action: PackageAction }[] {
  const plain = script.commands.map(packageAction).find((action) => action?.manager === 'apt')?.program;
  return listCommands(script).flatMap(({ command, by }) => {
    const program = by === 'vendor' ? (plain ?? programOf(command)) : undefined;
    if (program === undefined) return [];
    const action: PackageAction = {
      manager: 'apt',
      kind: 'update',
      program,
      subcommand: undefined,
      flags: [],
      operands: [],
      option: () => undefined,
      options: () => [],
    };
    return [{ command, action }];
  });
}
