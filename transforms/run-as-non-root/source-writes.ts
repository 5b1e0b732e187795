/** Proves of the sources of an application that what they write lies where its account may write, or says what speaks against it. */
import { refuse, type Refusal } from '../../src/refusal.js';
import { workingDirectory, type FinalImage } from './final-image.js';
import { isForReading, isOpen, sourceTexts } from './source-files.js';
import { HOME, pathOf, type Surroundings } from './source-paths.js';
import { argumentsFrom, lineOf, type Piece, type SourceText } from './source-text.js';

/** Languages whose calls and expressions are read. */
const READ = /\.(?:[cm]?[jt]sx?|py)$/;
const FILES = String.raw`\b(?:fs\w*(?:\.promises)?|promises|os|shutil)\.`;
/** Calls that make, change or remove the file that their first argument names. */
const FIRST =
  /\b(?:(?:write|append)File(?:Sync)?|(?:output|write)(?:File|JSON|Json)(?:Sync)?|mkdir(?:Sync|p|s)?|mkdtempSync|(?:ensure|empty)(?:Dir|File)(?:Sync)?|createWriteStream|(?:truncate|unlink|rm|rmdir|chmod|utimes)Sync|makedirs|rmtree|FileHandler|(?:Timed)?RotatingFileHandler|WatchedFileHandler|savefig|to_(?:csv|excel|parquet)|shelve\.open|sqlite3\.connect|Database|JSONFile(?:Sync)?)\(\s*/g;
const FIRST_OF_FILES = new RegExp(
  `${FILES}(?:unlink|rm|rmdir|truncate|chmod|utimes|remove|removedirs|mknod|mkfifo)\\(\\s*`,
  'g',
);
/** Calls whose second argument names what they make. */
const SECOND = new RegExp(
  `${FILES}(?:rename|copyFile|cp|symlink|link)(?:Sync)?\\(\\s*|${FILES}(?:replace|copy2?|copyfile|copytree|move)\\(\\s*`,
  'g',
);
const OPENS = /\bopen(?:Sync)?\(\s*/g;
const METHOD = /\b([A-Za-z_]\w*)\.(?:write_text|write_bytes|touch|mkdir|unlink|rmdir|symlink_to)\(/g;
const MOVES = /\b(?:process|os)\.chdir\(\s*/g;

interface Write {
  readonly source: SourceText;
  readonly at: number;
  /** What names the file; undefined where that can't be read. */
  readonly piece: Piece | undefined;
}

/** Undefined where every write is known to stay within `own`, or nothing that the sources and settings name lies elsewhere. */
export function writesUnproven(image: FinalImage, own: readonly string[]): Refusal | undefined {
  const sources = sourceTexts(image);
  let unknown: Write | undefined;
  for (const write of sources.flatMap(writesOf)) {
    const path = write.piece && pathOf(surroundingsOf(image, write.source), write.piece);
    if (path === undefined) unknown ??= write;
    else if (!isOpen(own, path))
      return refuse(
        'writes-outside',
        `${lineOf(write.source, write.at)} works in \`${path}\`, which only root may change`,
      );
  }
  const elsewhere =
    unknown && sources.flatMap(pathsNamed).find(({ path }) => !isOpen(own, path) && !isForReading(path));
  return (
    unknown &&
    elsewhere &&
    refuse(
      'writes-unknown',
      `where ${lineOf(unknown.source, unknown.at)} writes can't be told, and ${elsewhere.where} names \`${elsewhere.path}\`, which only root may change`,
    )
  );
}

function surroundingsOf(image: FinalImage, source: SourceText): Surroundings {
  const { env } = image.config;
  // What another stage is built of may run there alone, where it works in the folders of the build.
  const directory = source.place === undefined ? HOME : workingDirectory(image);
  return { source, directory, variable: (name) => env.get(name) };
}

function writesOf(source: SourceText): readonly Write[] {
  if (!READ.test(source.path)) return [];
  return [
    ...callsOf(source, FIRST, 0),
    ...callsOf(source, FIRST_OF_FILES, 0),
    ...callsOf(source, SECOND, 1),
    ...callsOf(source, MOVES, 0),
    ...callsOf(source, OPENS, 0).filter(({ at }) => opensForWriting(source.text, at)),
    ...methodsOf(source),
  ];
}

function callsOf(source: SourceText, pattern: RegExp, which: number): readonly Write[] {
  return [...source.text.matchAll(pattern)].flatMap(({ index, 0: call }) => {
    const start = index + call.length;
    const before = source.text.slice(Math.max(0, index - 12), index);
    // Where the function is made or brought along.
    if (/\b(?:function|def|class)\s+$/.test(before)) return [];
    return { source, at: start, piece: argumentsFrom(source.text, start)?.[which] };
  });
}

/** By its second argument, or one named `mode`: what it opens to read it changes not. */
function opensForWriting(text: string, start: number): boolean {
  const [, second, ...more] = (argumentsFrom(text, start) ?? []).map((piece) =>
    text.slice(piece.start, piece.end).trim(),
  );
  const mode = [second, ...more].find((one) => one?.startsWith('mode') === true) ?? second;
  return mode !== undefined && !/^(?:mode\s*=\s*)?["']r[bt]?["']$|^(?:encoding|errors|newline)\b/.test(mode);
}

/** `path.write_text('…')` of Python's Path. */
function methodsOf(source: SourceText): readonly Write[] {
  if (!source.path.endsWith('.py')) return [];
  return [...source.text.matchAll(METHOD)].flatMap(({ index, 1: name = '' }) =>
    name === 'os' ? [] : { source, at: index, piece: { start: index, end: index + name.length } },
  );
}

/** What is in front of an absolute path that is one of a server's addresses. */
const ADDRESS =
  /(?:\b(?:get|post|put|patch|delete|head|options|all|use|route|router|Route|add_url_rule|path|re_path|url|include|redirect|render|fetch|axios|request|navigate|push|startsWith|endsWith|startswith|endswith|includes|test|match|mount|APIRouter|Blueprint|register|setGlobalPrefix|Controller|Get|Post|Put|Patch|Delete)\(\s*|[!=]==?\s*|\b(?:case|in|return|not)\s+|\b(?:href|src|to|action|url|path|route|pathname|endpoint|prefix|url_prefix|\w*(?:Url|URL|_url|URI|Uri|Path|Route|Endpoint|Prefix|PREFIX))["']?\s*[=:]\s*(?:\{\s*)?|[,[]\s*)$/;
const NAMES =
  /(["'`])(\/(?!\/)[\w.@-]+(?:\/[\w.@-]+)*\/?)(?=["'`$%{])|[=:][ \t]*["']?(\/[\w.@-]+(?:\/[\w.@-]+)*\/?)["']?[ \t]*$/gm;
/** Pages and components of a browser; where they write files, the calls are found there. */
const PAGE = /\.(?:[jt]sx|vue|svelte)$/;

/** Absolute paths that may be some of the file system. */
function pathsNamed(source: SourceText): readonly { readonly path: string; readonly where: string }[] {
  if (PAGE.test(source.path) && writesOf(source).length === 0) return [];
  return [...source.text.matchAll(NAMES)].flatMap(({ index, 0: all, 2: quoted, 3: value }) => {
    const path = (quoted ?? value ?? '').replace(/(?<=.)\/$/, '');
    const before = source.text.slice(Math.max(0, index - 60), index);
    const isKey = /^["']\s*:/.test(source.text.slice(index + all.length, index + all.length + 8));
    const isAddress = quoted !== undefined && (ADDRESS.test(before) || /[+}]\s*$/.test(before));
    return isKey || isAddress ? [] : [{ path, where: lineOf(source, index) }];
  });
}
