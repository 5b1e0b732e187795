import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import { Script } from 'node:vm';
import { endEarlyCompilation } from './early-compilation.js';

/** By the name of a chunk, which holds a hash of its text. V8 refuses what another V8, or one with other flags, has compiled. */
type Compiled = Record<string, Buffer>;

/** What the file holds. */
interface Kept {
  /** The folder of the chunks: compiled code names it in stacks. */
  readonly folder: string;
  readonly compiled: Compiled;
}

type Load = (module: NodeJS.Module, path: string) => void;

const HERE = dirname(fileURLToPath(import.meta.url));
const OPENING = '(function(exports,require,module,__filename,__dirname){';

/**
 * Keeps what V8 compiled for the next start, which then takes a third less time. Node 22 and later do so themselves; for Node 20 a file in the
 * cache folder of the user holds it. `NODE_DISABLE_COMPILE_CACHE=1` ends both.
 * @returns to be called when all is done: writes what this start had to compile
 */
export function keepCompiledCode(): () => void {
  const { enableCompileCache: enable } = nodeModule as { readonly enableCompileCache?: () => unknown };
  enable?.();
  if (enable !== undefined || process.env['NODE_DISABLE_COMPILE_CACHE'] === '1') return () => undefined;
  return keepInFile();
}

function keepInFile(): () => void {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- what takes its place, registerHooks, came with Node 22
  const { extensions } = nodeModule.createRequire(import.meta.url);
  const load = extensions['.js'] as Load;
  const scripts = new Map<string, Script>();
  let file: string | undefined;
  let kept: Compiled = {};
  let missing = false;
  extensions['.js'] = (module, path) => {
    const name = basename(path);
    const own = name.startsWith('chunk-') && dirname(path) === HERE;
    const text = own ? readFileSync(path, 'utf8') : '';
    // V8 forgets of compiled code how it imports a plug-in.
    if (!own || text.includes('import(')) {
      load(module, path);
      return;
    }
    if (file === undefined) {
      file = fileFor(name);
      kept = read(file);
    }
    const script = scriptOf(path, text, kept[name]);
    if (script.cachedDataRejected !== false) missing = true;
    scripts.set(name, script);
    const run = script.runInThisContext() as (...values: unknown[]) => void;
    run.call(module.exports, module.exports, module.require.bind(module), module, path, HERE);
  };
  return () => {
    if (file === undefined || !missing) return;
    endEarlyCompilation();
    write(file, {
      ...kept,
      ...Object.fromEntries([...scripts].map(([name, script]) => [name, script.createCachedData()])),
    });
  };
}

function scriptOf(path: string, text: string, cachedData: Buffer | undefined): Script {
  return new Script(`${OPENING}${text}\n})`, {
    filename: path,
    columnOffset: -OPENING.length,
    cachedData,
  });
}

/** @param first the chunk that is loaded first: its hash covers those that it loads */
function fileFor(first: string): string {
  const { env, platform, versions, arch } = process;
  const local = platform === 'win32' ? env['LOCALAPPDATA'] : env['XDG_CACHE_HOME'];
  return join(local || join(homedir(), '.cache'), 'dockmod', `${basename(first, '.js')}-node-${versions.node}-${arch}`);
}

/** A file of somebody else is not believed: what it holds is run. */
function read(file: string): Compiled {
  try {
    if (statSync(file).uid !== process.getuid?.()) return {};
    const { folder, compiled } = deserialize(readFileSync(file)) as Kept;
    return folder === HERE ? compiled : {};
  } catch {
    return {};
  }
}

/** By rename, since another start may read it. A cache that can't be written is none. */
function write(file: string, compiled: Compiled): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.${process.pid}`, serialize({ folder: HERE, compiled } satisfies Kept), { mode: 0o600 });
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // A home that is read only, or a full disk.
  }
}
