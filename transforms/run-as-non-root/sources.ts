/** What the sources of the application, where the build context has them, say of the paths that it works with. */
import type { BuildContext } from '../../src/facts/context/types.js';
import { copiesOf } from '../../src/image/copies.js';
import { lineAt } from '../../src/line-at.js';
import { memoize } from '../../src/memoize.js';
import { baseName, joinPath, sourcePath } from '../../src/paths.js';
import type { FinalImage } from './final-image.js';

/** A path of the image that a source names. */
export interface Named {
  readonly path: string;
  /** For messages: `src/server.js:12`. */
  readonly where: string;
  /** A call makes it as a folder. */
  readonly made?: boolean;
}

export interface Sources {
  /** Files of a programming language were read, and none was left out. */
  readonly complete: boolean;
  readonly named: readonly Named[];
  /** Data that it keeps beside its sources: uploads, a database, logs. */
  readonly kept: Named | undefined;
  /** A file that reads the arguments of its command line. */
  readonly asksArguments: string | undefined;
  /** A file that makes or changes files, as far as can be told. */
  readonly writer: string | undefined;
}

const MAX_FILES = 500;
const CODE =
  /\.(?:[cm]?[jt]sx?|vue|svelte|py|rb|php|pl|go|rs|java|kt|kts|scala|groovy|cs|fs|c|cc|cpp|h|hpp|ex|exs|erl|clj|lua)$/;
const SETTINGS = /\.(?:ya?ml|json|ini|conf|cfg|toml|properties|env)$|^\.env/;
/** Folders of what is not the application itself. */
const ASIDE =
  /^(?:node_modules|vendor|\.git|\.github|tests?|__tests__|spec|docs?|examples?|\.venv|venv|dist|build|target|coverage)$/;
/** Files that say how the image is built or run, not what the application does. */
const OUTSIDE =
  /^(?:(?:package(?:-lock)?|[jt]sconfig[\w.-]*|composer|npm-shrinkwrap|manifest)\.json|pnpm-lock\.yaml|pyproject\.toml|(?:docker-)?compose.*|[Dd]ockerfile.*|\.gitlab-ci.*|.*\.(?:test|spec|config)\.\w+|test_\w+\.py)$/;

/** Everything that any stage copies from the context. */
export const sourcesOf = memoize((image: FinalImage): Sources => {
  const { context } = image;
  const files = sourceFiles(image);
  if (files === undefined)
    return { complete: false, named: [], kept: undefined, asksArguments: undefined, writer: undefined };
  const texts = files.map((path) => [path, context?.read(path)] as const);
  return {
    complete: files.some((path) => CODE.test(path)) && texts.every(([, text]) => text !== undefined),
    named: texts.flatMap(([path, text]) => namedIn(path, text ?? '')),
    kept: texts.flatMap(([path, text]) => keptIn(path, text ?? ''))[0],
    asksArguments: texts.find(([, text]) => ARGUMENTS.test(text ?? ''))?.[0],
    writer: texts.find(([, text]) => WRITES.test(text ?? ''))?.[0],
  };
});

/** Paths in the context of what is read; undefined where there are too many, or a source of a copy is not known. */
export const sourceFiles = memoize(
  (image: FinalImage): readonly string[] | undefined => image.context && filesOf(image, image.context),
);

function filesOf({ stages }: FinalImage, context: BuildContext): readonly string[] | undefined {
  const found = new Set<string>();
  const sources = stages.flatMap(copiesOf).flatMap((copy) => copy.sources.filter(({ from }) => from === 'context'));
  for (const { text } of sources) {
    if (text === undefined) return undefined;
    const path = sourcePath(text);
    const paths = /[*?[]/.test(path) ? (context.glob(path) ?? []) : [path];
    for (const one of paths) if (!collect(context, one, found)) return undefined;
  }
  return [...found];
}

function collect(context: BuildContext, path: string, found: Set<string>): boolean {
  if (context.ignored(path)) return true;
  const kind = context.exists(path);
  if (kind === 'file') {
    const name = baseName(path);
    if ((CODE.test(name) || SETTINGS.test(name)) && !OUTSIDE.test(name)) found.add(path);
    return found.size <= MAX_FILES;
  }
  const names = kind === 'directory' ? (context.list(path) ?? []) : [];
  return names.every((name) => ASIDE.test(name) || collect(context, joinPath(path, name), found));
}

/** String literals that are absolute paths; in settings values without quotes, too. */
const LITERAL = /(["'`])(\/[\w.@-]+(?:\/[\w.@-]+)*\/?)(?=["'`$%{])|[=:]\s*(\/[\w.@-]+(?:\/[\w.@-]+)+\/?)\s*$/gm;
/** A path that is put together from the root on: `path.join('/', 'data', name)`, `Path("/") / "data"`. */
const ROOTED =
  /(?:\b(?:path|posix|os)\.){0,3}\b(?:join|resolve|Path)\(\s*(?:["'`]\/["'`]|(?:path|os)\.sep\b)\)?((?:\s*[,/]\s*["'`][\w.@-]+(?:\/[\w.@-]+)*["'`])+)/g;
/** The file in the address of a database: `sqlite:////data/shop.db`, `file:./dev.db`. */
const ADDRESS =
  /(?<=["'`=])(?:sqlite\w{0,9}(?:\+\w{1,20})?:\/{3}|jdbc:(?:sqlite|h2:file|h2):|file:(?:\/\/(?=\/))?)(\/?[\w.@-]+(?:\/[\w.@-]+)*)/g;
/** Below these a path in a source is one of the file system, whatever is around it. */
const SYSTEM = /^\/(?:etc|var|run|opt|srv|home|root|mnt|media|data)\/./;
/** Open to everyone, or of the kernel. */
const OPEN = /^\/(?:proc|sys|dev|tmp|var\/tmp)(?:\/|$)/;
/** Programs and settings of the system, which are there to be read, unless a call is seen that writes them. */
const FOR_READING =
  /^\/(?:bin|sbin|lib|lib64|usr|opt\/venv)(?:\/|$)|^\/etc\/(?:ssl|pki|ca-certificates|fonts|hosts|hostname|resolv\.conf|passwd|group|timezone|localtime|os-release|\w+-release|mime\.types|services|machine-id)(?:\/|$)/;
const CALL = String.raw`(?:\bfs\.\w+|\b(?:open|(?:write|append|copy)File\w*|createWriteStream|mkdir\w*|makedirs|Path|Paths\.get|join|resolve|fopen|file_put_contents|FileHandler|connect|Database|File|mkdir_p|create_dir_all|os\.(?:Create|OpenFile|Mkdir\w*|WriteFile)))\(\s*`;
/** What is before a literal that is a path for certain: a call that works with files, or a name that says so. */
const FILE_CALL = new RegExp(`${CALL}$`);
const FILE_NAME = /(?<!\w)(?=\w*(?:dir|folder|file|storage|dest|db|database|log))\w+["']?\s*(?:[=:,]|\|\||\?\?)\s*$/i;

/** A call that only reads the file. */
const READ_CALL =
  /\b(?:readFileSync|readFile|createReadStream|existsSync|readdirSync|statSync|readlinkSync|file_get_contents|os\.ReadFile|os\.Open|os\.path\.exists)\(\s*$/;
/** A call that makes, changes or removes the file. */
const WRITE_CALL = String.raw`\b(?:write|append|mkdir|mk_?dir|make|rm|unlink|rename|truncate|chmod|chown|createWrite|touch|file_put)\w*\(\s*|\bos\.(?:Create|OpenFile|WriteFile|Mkdir\w*)\(\s*`;
const WRITTEN_CALL = new RegExp(`(?:${WRITE_CALL})$`);
/** What comes after a path that is opened for writing: `open('/etc/x', 'a')`, `Path('/etc/x').touch()`. */
const WRITTEN_AFTER =
  /^["'`]?\s*(?:,\s*(?:mode\s*=\s*)?["'](?:[wax]|r\+)[bt+]*["']|\)\s*\.\s*(?:write_\w+|touch|mkdir|unlink|rename|open\(\s*["'][wax])\b)/;

const ARGUMENTS =
  /\bargparse\b|\bsys\.argv\b|\bclick\.command|\btyper\b|\bprocess\.argv\b|['"](?:commander|yargs|meow|minimist)['"]|\bos\.Args\b|\bflag\.Parse\b|\bclap::|\bOptionParser\b/;

/** Calls that make or change files, in the languages of compiled programs. */
const WRITES =
  /\bos\.(?:Create|OpenFile|WriteFile|Mkdir)|\bioutil\.WriteFile|\bFile::create|\bfs::write|\bFile(?:Output|Writer)|\bFiles\.write|\bFile\.(?:Write|Create|Open|Append)|\bfopen\(|\bsqlite|\bbadger\b|\bbolt\.Open/i;

/** What a call that works with files, or writes them, gets where it is a variable. */
const OPENED = new RegExp(`${CALL}(?=([A-Za-z_]\\w*))`, 'g');
const WRITTEN = new RegExp(`(?:${WRITE_CALL})(?=([A-Za-z_]\\w*))|\\bopen\\(\\s*([A-Za-z_]\\w*)\\s*,\\s*["'][wax]`, 'g');

/** A call that makes a folder, with its path before the place, or with a variable. */
const MAKE_CALL = String.raw`\b(?:mkdir|mk_?dir|make_?dirs|ensureDir|create_dir|MkdirAll)\w*\(\s*`;
const MADE_CALL = new RegExp(`(?:${MAKE_CALL})$`);
const MADE = new RegExp(`(?:${MAKE_CALL})(?=([A-Za-z_]\\w*))`, 'g');

interface Literal {
  readonly path: string;
  readonly at: number;
  readonly end: number;
  /** It is one of a file for certain. */
  readonly certain?: true;
}

function namedIn(file: string, text: string): readonly Named[] {
  // Variables that a call opens or writes: `const D = '/data'` names a path.
  const opened = namesOf(text, OPENED);
  const written = namesOf(text, WRITTEN);
  const madeNames = namesOf(text, MADE);
  return literalsOf(text).flatMap(({ path, at, end, certain }) => {
    const before = text.slice(Math.max(0, at - 60), at);
    const variable = variableOf(before) ?? '';
    const isWritten =
      WRITTEN_CALL.test(before) || WRITTEN_AFTER.test(text.slice(end, end + 40)) || written.has(variable);
    const isPath =
      certain === true || SYSTEM.test(path) || FILE_CALL.test(before) || FILE_NAME.test(before) || opened.has(variable);
    const isRead = READ_CALL.test(before) && !isData(path) && !path.startsWith('/root');
    const isHarmless = OPEN.test(path) || (FOR_READING.test(path) && !isWritten);
    return isPath && !isRead && !isHarmless && !/\+\s*$/.test(before)
      ? [{ path, where: `${file}:${lineAt(text, at)}`, made: MADE_CALL.test(before) || madeNames.has(variable) }]
      : [];
  });
}

function namesOf(text: string, pattern: RegExp): ReadonlySet<string> {
  return new Set([...text.matchAll(pattern)].flatMap(([, one, other]) => one ?? other ?? []));
}

function literalsOf(text: string): readonly Literal[] {
  const plain = [...text.matchAll(LITERAL)].map(({ index: at, 0: all, 2: quoted, 3: value }) => {
    return { path: (quoted ?? value ?? '').replace(/(?<=.)\/$/, ''), at, end: at + all.length };
  });
  const joined = [...text.matchAll(ROOTED)].map(({ index: at, 0: all, 1: pieces = '' }) => {
    const names = [...pieces.matchAll(/["'`]([^"'`]+)["'`]/g)].map(([, name = '']) => name);
    return { path: `/${names.join('/')}`, at, end: at + all.length };
  });
  const addresses = [...text.matchAll(ADDRESS)].map(({ index: at, 0: all, 1: path = '' }) => {
    return { path, at, end: at + all.length, certain: true as const };
  });
  return [...plain, ...joined, ...addresses.filter(({ path }) => path.startsWith('/'))];
}

/** Folders and files in which applications keep what has to outlive a container. */
const DATA =
  /(?:^|\/)(?:uploads?|data|db|database|storage|media|logs?|backups?|attachments)(?:\/|$)|\.(?:db|sqlite3?|log)$/i;
const RELATIVE = /["'`]((?:\.\/)?[\w.-]+(?:\/[\w.-]+)*\/?)["'`$%{]/g;

/** The path is one of data that has to outlive a container. */
export function isData(path: string): boolean {
  return DATA.test(path);
}

function keptIn(file: string, text: string): readonly Named[] {
  const [address] = [...text.matchAll(ADDRESS)].filter(
    ([all, path = '']) => !path.startsWith('/') && (isData(path) || all.startsWith('sqlite')),
  );
  if (address?.[1] !== undefined) return [{ path: address[1], where: `${file}:${lineAt(text, address.index)}` }];
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(RELATIVE)].flatMap(({ index: at, 1: path = '' }) => {
      const before = line.slice(Math.max(0, at - 60), at);
      const isPath = path.includes('/') || path.includes('.') || FILE_CALL.test(before) || FILE_NAME.test(before);
      return isPath && isData(path) ? [{ path, where: `${file}:${index + 1}` }] : [];
    }),
  );
}

/** `D` of `const D = `, in front of its value. */
function variableOf(before: string): string | undefined {
  return /\b([A-Za-z_]\w*)\s*=\s*$/.exec(before)?.[1];
}
