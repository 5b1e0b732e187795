import { parseScript } from '../../src/shell/parse.js';
import { isPosixShell } from '../../src/commands/shell-call.js';
import type { Origin } from '../../src/image/origin.js';
import { copiedFiles, originOf, readOrigin } from './copied-files.js';
import { builtHere, fromDistribution, installedWith } from './installed-programs.js';
import { BINARY, runtimeOf, type Runtime } from './runtimes.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import { tool } from './refused-programs.js';
import { programsOf, shellPrograms, type Program } from './start-command.js';
import { either, followed } from '../../src/text-test.js';
import { workingDirectory, type FinalImage } from './final-image.js';
import { baseName, imagePath } from '../../src/paths.js';

/** What a program is, or the programs that it runs where it is a shell script that can be read. */
export type StartFile = { readonly runtime: Runtime } | { readonly programs: readonly Program[] };

const SCRIPT_NAME =
  /(?:^|[-_.])(?:entry-?point|start(?:up)?|run|boot(?:strap)?|init|launch(?:er)?|setup|prepare|cmd|wrapper|deploy|install|daemon|docker)(?:$|[-_.])|\.(?:sh|bash|ksh)$/;

/** Scripts that build tools of the JVM write. */
const STARTS_JAVA = either(
  followed(/\/(?:build\/install|target\/universal\/stage)\//, /bin\//, /\n/),
  /\/bin\/server$/,
);

function isScriptName(name: string): boolean {
  return SCRIPT_NAME.test(name);
}

/** A program given by a path, or one that is no known tool: a file that the Dockerfile brings along. */
export function readStartFile(image: FinalImage, program: Program, runtime: Runtime | undefined): StartFile | Refusal {
  const path = imagePath(workingDirectory(image), program.path);
  const isPath = program.path.includes('/');
  const origin =
    isPath || program.script === true || isScriptName(program.name)
      ? originOf(image, path)
      : originOfCommand(image, program.name);
  const text = readOrigin(image, origin);
  if (text !== undefined && !text.includes('\0')) return readText(program, text, runtime);
  if (runtime !== undefined) return { runtime };
  if (STARTS_JAVA.test(`/${program.path}`)) return { runtime: runtimeOf('java') ?? BINARY };
  const scripted =
    program.script === true ||
    isScriptName(program.name) ||
    (origin !== undefined && isScriptName(baseName(origin.path)));
  const built = builtHere(image, program.name);
  if (built === 'perhaps' && image.config.expose.length === 0 && copiedFiles(image).length === 0)
    return tool(program.name);
  if (built === 'by name' || (built === 'perhaps' && !scripted)) return { runtime: BINARY };
  if (scripted) return unreadable(program);
  // Of an image for one language it is as likely a script as a program.
  if (origin !== undefined) return { runtime: runtimeOf(image.base?.name ?? '') ?? BINARY };
  return readInstalled(image, program);
}

/** A bare command that a COPY puts into a directory of PATH. */
function originOfCommand(image: FinalImage, name: string): Origin | undefined {
  const folders = ['/usr/local/bin', '/usr/bin', '/bin', '/usr/local/sbin', '/usr/sbin', '/sbin', '/go/bin'];
  const added = (image.config.env.get('PATH') ?? '').split(':').filter((folder) => /^\/[\w./-]+$/.test(folder));
  const path = [...added, ...folders]
    .map((folder) => `${folder}/${name}`)
    .find((candidate) => originOf(image, candidate) !== undefined);
  return path === undefined ? undefined : originOf(image, path);
}

function readText(program: Program, text: string, runtime: Runtime | undefined): StartFile | Refusal {
  const interpreter = /^#!\s*(\S+)(?:[ \t]+(\S+))?/.exec(text);
  const by = baseName(interpreter?.[1] ?? '');
  const name = by === 'env' ? baseName(interpreter?.[2] ?? '') : by;
  if (interpreter === null && runtime !== undefined) return { runtime };
  if (name === '' || isPosixShell(name)) return readShellScript(program, text);
  const found = runtimeOf(name) ?? runtime;
  return found === undefined ? unknownProgram(program) : { runtime: found };
}

function readShellScript(program: Program, text: string): StartFile | Refusal {
  const programs = shellPrograms(text);
  if (programs === undefined) return unreadable(program);
  const handed = handsOver(text) ? (programsOf(afterShifts(text, program.args)) ?? []) : [];
  return { programs: [...programs.filter(({ name }) => !/^["$]/.test(name)), ...handed] };
}

/** `exec "$@"`, or `command="$@"` and `exec $command`. */
function handsOver(text: string): boolean {
  if (/\bexec\s+(?:"\$@"|\$@|\$\*)/.test(text) || /^[ \t]*"\$@"/m.test(text)) return true;
  const kept = /^[ \t]*(\w+)=\(?"?\$[@*]"?\)?[ \t]*$/m.exec(text)?.[1];
  return kept !== undefined && new RegExp(`\\bexec\\s+"?\\$\\{?${kept}\\b`).test(text);
}

/** What is left of its arguments: `wait-for db:5432 node server.js` takes the first one for itself. */
function afterShifts(text: string, args: readonly string[]): readonly string[] {
  const shifts = parseScript(text).commands.filter(({ name }) => name?.value === 'shift');
  if (shifts.every(({ unconditional }) => unconditional))
    return args.slice(shifts.reduce((count, { args: [by] }) => count + Number(by?.value ?? 1), 0));
  return args.includes('--') ? args.slice(args.indexOf('--') + 1) : args;
}

export function unreadable(program: Program): Refusal {
  return refuse(
    'script-unknown',
    `\`${program.path}\` runs at start and can't be read here: whether it needs root is not known`,
  );
}

function readInstalled(image: FinalImage, program: Program): StartFile | Refusal {
  const serves = image.config.expose.length > 0;
  const packaged = !serves && fromDistribution(image, program.name);
  const installer = packaged ? undefined : installedWith(image, program.name);
  if (packaged || (installer !== undefined && installer !== BINARY && !serves)) return tool(program.name);
  return installer === undefined ? unknownProgram(program) : { runtime: installer };
}

function unknownProgram(program: Program): Refusal {
  return refuse('program-unknown', `nothing is known of \`${program.path}\`: whether it needs root can't be told`);
}
