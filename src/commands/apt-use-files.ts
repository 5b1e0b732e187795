/** What files do with the apt lists: scripts, and programs of the project that are searched for the names of apt. */
import { baseName, imagePath } from '../paths.js';
import { parseScript } from '../shell/parse.js';
import { mentionsApt } from './apt-mention.js';
import { expand, firstUse, type AptUse } from './apt-use.js';
import { readArguments, optionValue } from './arguments.js';
import { isIn, rowOf } from './catalogue/index.js';
import type { Row } from './catalogue/types.js';
import { useOfTargets } from './makefile.js';
import { packageAction } from './packages.js';
import { type Program } from './program.js';
import type { Scene, SceneFile } from './scene.js';
import { isPosixShell } from './shell-call.js';

/** A file by its path or name, with the words after it. */
interface FileCall {
  readonly path: string;
  readonly args: readonly string[];
}

/** Names of files that install packages, where nothing more is known of them than the name. */
const INSTALLS = /install|depend|(?:^|[-_/])deps?(?:[-_.]|$)|packages?|setup(?!\.py)|provision|prereq|requirement/i;

/** `none`: no file of this Dockerfile is found under that name. */
export function useOfFile(call: FileCall, scene: Scene, depth: number, by: string): AptUse | 'none' | undefined {
  const { path, args } = call;
  const found = path.includes('/')
    ? scene.directories.flatMap((folder) => scene.file(imagePath(folder, path)) ?? [])
    : scriptOf(path, scene);
  if (found.length === 0) return 'none';
  // Of a name that says what it is, and a file that can't be read, the name counts.
  const row = rowOf(baseName(path));
  const isOwn = path.includes('/') && isIn(row, 'entrypoint');
  if (found.every(({ text }) => text === undefined) && isIn(row, 'apt-free') && !isOwn) return 'none';
  for (const file of found) {
    const use = useOfFound(file, args, scene, depth, by);
    if (use !== undefined) return use;
  }
  return undefined;
}

/** A bare name: `sh setup.sh` looks into the folder, `setup` into PATH. */
function scriptOf(name: string, scene: Scene): readonly SceneFile[] {
  const here = scene.directories.flatMap((folder) => scene.file(imagePath(folder, name)) ?? []);
  const command = scene.command(name);
  return command === undefined ? here : [command];
}

function useOfFound(
  file: SceneFile,
  args: readonly string[],
  scene: Scene,
  depth: number,
  by: string,
): AptUse | undefined {
  const { path, text, certain, made } = file;
  const unread = { use: 'unread', by } as const;
  if (text === undefined) {
    if (!made || INSTALLS.test(baseName(path)) || path.endsWith('.sh')) return unread;
    return useOfSources('any', scene, by);
  }
  const interpreter = /^#!\s*(\S+)(?:[ \t]+(?:-S[ \t]+)?(\S+))?/.exec(text);
  const name = /(?:^|\/)env$/.test(interpreter?.[1] ?? '') ? (interpreter?.[2] ?? '') : (interpreter?.[1] ?? '');
  if (name !== '' && !isPosixShell(name)) {
    if (mentionsApt(text)) return { use: 'read', by };
    const row = rowOf(baseName(name));
    return row === undefined ? unread : (useOfSources(kindOf(row), scene, by) ?? (certain ? undefined : unread));
  }
  const script = parseScript(text.replaceAll('\r\n', '\n'));
  const folder = path.slice(0, path.lastIndexOf('/')) || '/';
  const inner = { ...scene, args, directories: [...new Set([...scene.directories, folder])] };
  return firstUse(script, inner, depth + 1) ?? (certain ? undefined : unread);
}

/** What a program of the catalogue does by itself, and with the files of the project. */
export function useOfTool(program: Program, scene: Scene, depth: number, by: string): AptUse | undefined {
  const { row, name } = program;
  if (row === undefined && isMade(program, scene)) return useOfSources('any', scene, by);
  if (row === undefined) return scene.tools && !program.word.text.includes('/') ? undefined : { use: 'unread', by };
  if (program.local && row.language === undefined && rowOf(name) === undefined) return { use: 'unread', by };
  if (row.calls?.project === 'make') return useOfTargets(program, scene, depth, by);
  if (row.calls?.project === 'playbook')
    return scene.sources.known ? useOfSources('yaml', scene, by) : { use: 'unread', by };
  if (isIn(row, 'runs-configured')) return useOfSources('any', scene, by);
  if (row.runs !== undefined && program.args[0]?.text === row.runs)
    return firstUse(
      parseScript(
        program.args
          .slice(1)
          .map(({ text }) => text)
          .join(' '),
      ),
      { ...scene, tools: true },
      depth + 1,
    );
  if (row.language === 'node' && row.manager !== undefined) return useOfPackageScripts(program, scene, depth, by);
  if (row.language !== undefined) return useOfLanguage(program, row, scene, by);
  if (isIn(row, 'idle') && program.args.length === 0) return undefined;
  if (!isIn(row, 'apt-free')) return { use: 'unread', by };
  return isIn(row, 'builder', 'development-server', 'tester') ? useOfSources('any', scene, by) : undefined;
}

/** A program that the image compiles, or that a package of that name brings. */
function isMade({ name, word }: Program, scene: Scene): boolean {
  const isPath = word.text.includes('/');
  if (/\.(?:sh|bash|py|rb|pl|php|run|bin)$/.test(name) || INSTALLS.test(name)) return false;
  return isPath
    ? scene.compiles() && !/^\/(?:usr|opt|s?bin)\//.test(word.text)
    : scene.compiles() || scene.brings(name);
}

function kindOf({ language }: Row): string {
  return language === undefined || language === 'scripted' ? 'any' : language === 'static' ? 'node' : language;
}

function useOfSources(kind: string, { sources }: Scene, by: string): AptUse | undefined {
  const file = sources.mention(kind);
  return file === undefined ? undefined : { use: 'read', by: `${by} (see ${file})` };
}

/** `python manage.py migrate`, `node -e '…'`, `gunicorn app:app` */
function useOfLanguage(program: Program, row: Row, scene: Scene, by: string): AptUse | undefined {
  const { args } = program;
  if (args.some(({ text }) => mentionsApt(text))) return { use: 'read', by };
  const [file] = readArguments(args, row, true).operands;
  const path = file && (file.value ?? expand(file.text, scene));
  const isScript = isIn(row, 'interpreter') && path !== undefined && /\.(?:py|rb|pl|php|[cm]?[jt]s|R|lua)$/.test(path);
  if (isScript) {
    const found = scene.directories.flatMap((folder) => scene.file(imagePath(folder, path)) ?? []);
    if (found.some(({ text }) => text !== undefined && mentionsApt(text))) return { use: 'read', by };
    const isBuilt = /(?:^|\/)(?:dist|build|out|lib|\.next|\.output)\//.test(path) || found.some(({ made }) => made);
    if (
      found.every(({ text }) => text === undefined) &&
      !isBuilt &&
      !isIn(rowOf(baseName(path)), 'apt-free') &&
      (scene.sources.known || INSTALLS.test(path))
    )
      return { use: 'unread', by };
  }
  return useOfSources(kindOf(row), scene, by);
}

const LIFECYCLE = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];

/** The scripts of package.json that an install runs, or that `npm run` names. */
function useOfPackageScripts(program: Program, scene: Scene, depth: number, by: string): AptUse | undefined {
  const { args, word } = program;
  const action = packageAction({ ...NO_COMMAND, name: word, args });
  const given = readArguments(args, program.row);
  const names = action?.kind === 'install' ? LIFECYCLE : scriptNames(given.operands.map(({ text }) => text));
  const folder = optionValue(given, '--prefix', '-C', '--cwd', '--dir');
  for (const directory of scene.directories) {
    const root = folder === undefined ? directory : imagePath(directory, folder);
    const manifest = scene.file(imagePath(root, 'package.json'));
    const scripts = manifest?.text === undefined ? {} : scriptsOf(manifest.text);
    for (const name of names) {
      const text = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
      const use =
        typeof text === 'string'
          ? firstUse(parseScript(text), { ...scene, directories: [root], tools: true }, depth + 1)
          : undefined;
      if (use !== undefined) return { use: use.use, by: use.by === by ? by : `${by} (${use.by})` };
    }
    if (
      manifest !== undefined &&
      manifest.text === undefined &&
      names !== LIFECYCLE &&
      names.some((name) => INSTALLS.test(name))
    )
      return { use: 'unread', by };
  }
  return undefined;
}

const NO_COMMAND = {
  ...{ start: 0, end: 0, statement: 0, topLevel: true, unconditional: true },
  ...{ assignments: [], redirections: [], within: [] },
};

function scriptNames([first, second]: readonly string[]): readonly string[] {
  const name = first === 'run' || first === 'run-script' ? second : first;
  return name === undefined ? [] : [`pre${name}`, name, `post${name}`];
}

function scriptsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(text) as { scripts?: Record<string, unknown> } | null)?.scripts ?? {};
  } catch {
    return {};
  }
}
