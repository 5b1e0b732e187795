/** Where an expression in a source leads, as a path of the image, read without running it: `path.join(__dirname, 'data')`. */
import { imagePath, parentPath } from '../../src/paths.js';
import { argumentsFrom, endOfString, type Piece, type SourceText } from './source-text.js';

/** Of the running container. */
export interface Surroundings {
  readonly source: SourceText;
  /** Its working directory. */
  readonly directory: string;
  readonly variable: (name: string) => string | undefined;
}

/** Stands for the home directory of whoever runs it. */
export const HOME = '/~';
/** Stands for a part of a name that is not known. */
const ANY = '*';
/** A variable of the environment that nothing here sets. */
const UNSET: unique symbol = Symbol('unset');

type Value = string | typeof UNSET | undefined;

const DEEPEST = 6;

/** An absolute path; undefined where it can't be told. */
export function pathOf(surroundings: Surroundings, piece: Piece): string | undefined {
  const reader = new Reader(surroundings, piece, 0);
  const value = reader.alternatives();
  return typeof value === 'string' && reader.isAtEnd() ? absolute(value, surroundings) : undefined;
}

function absolute(value: string, { directory }: Surroundings): string {
  return imagePath(directory, value.startsWith('~') ? `/${value}` : value);
}

/** Calls that give back the path they get. */
const SAME = new Set(
  'Path PosixPath PurePath PurePosixPath str String abspath realpath normpath normalize expanduser fspath fileURLToPath resolve absolute join joinpath'.split(
    ' ',
  ),
);

class Reader {
  private at: number;

  constructor(
    private readonly surroundings: Surroundings,
    private readonly piece: Piece,
    private readonly depth: number,
  ) {
    this.at = piece.start;
  }

  isAtEnd(): boolean {
    return /^\s*(?:[;,)\n]|$)/.test(this.rest());
  }

  /** `a || b`, `a ?? b`, `a or b`: the second where the first is not set. */
  alternatives(): Value {
    let value = this.sum();
    while (this.take(/^\s*(?:\|\||\?\?|or\b)\s*/) !== undefined) {
      const other = this.sum();
      if (value === UNSET) value = other;
      // Either may be meant: a path elsewhere is worth knowing.
      else value ??= typeof other === 'string' && other.startsWith('/') ? other : undefined;
    }
    return value;
  }

  private sum(): Value {
    let value = this.term();
    for (;;) {
      if (this.take(/^[ \t]*\+\s*/) !== undefined) value = added(value, this.term());
      else if (this.take(/^[ \t]*\/(?!\/)\s*/) !== undefined) value = joined(value, this.term());
      else return value;
    }
  }

  private term(): Value {
    this.take(/^\s*(?:await\s+|new\s+)*/);
    const string = /^[frbuFRBU]{0,2}(?=["'`])/.exec(this.rest());
    if (string !== null) {
      this.at += string[0].length;
      return this.members(this.string(/f/i.test(string[0])));
    }
    if (this.take(/^\(/) !== undefined) {
      const value = this.alternatives();
      return this.take(/^\s*\)/) === undefined ? undefined : this.members(value);
    }
    const name = this.take(/^[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)*/);
    return name === undefined ? undefined : this.members(this.named(name.replaceAll('?.', '.')));
  }

  private string(isFormat: boolean): Value {
    const { text } = this.surroundings.source;
    const start = this.at;
    this.at = Math.min(endOfString(text, start), this.piece.end);
    const quotes = text.startsWith(text.charAt(start).repeat(3), start) ? 3 : 1;
    const inner = { start: start + quotes, end: this.at - quotes };
    if (text.charAt(start) !== '`' && !isFormat) return text.slice(inner.start, inner.end);
    let value: Value = '';
    let at = inner.start;
    for (const { index, 0: hole } of text.slice(inner.start, inner.end).matchAll(/\$?\{([^{}]*)\}/g)) {
      const begin = inner.start + index;
      const piece = { start: begin + hole.indexOf('{') + 1, end: begin + hole.length - 1 };
      value = added(value, text.slice(at, begin));
      const held = this.argument(piece);
      value = value === '' ? held : added(value, held);
      at = begin + hole.length;
    }
    return added(value, text.slice(at, inner.end));
  }

  /** A name, or what it is called with. */
  private named(name: string): Value {
    const { source, directory, variable } = this.surroundings;
    const last = name.slice(name.lastIndexOf('.') + 1);
    const { place } = source;
    if (name === '__dirname' || name === 'import.meta.dirname') return place && parentPath(place);
    if (name === '__file__' || name === '__filename' || name.startsWith('import.meta.')) return place;
    const environment = /^process\.env\.(\w+)$/.exec(name)?.[1];
    if (environment !== undefined) return variable(environment) ?? UNSET;
    if (/^(?:process\.env|os\.environ)$/.test(name)) return this.subscript();
    const parameters = this.arguments();
    if (parameters === undefined) return this.assigned(name);
    if (last === 'cwd' || last === 'getcwd') return directory;
    if (/^(?:tmpdir|gettempdir|mkdtemp|mkdtempSync)$/.test(last)) return '/tmp';
    if (last === 'homedir' || name === 'Path.home') return HOME;
    if (last === 'getenv' || name === 'os.environ.get') return this.variableOf(parameters);
    if (last === 'dirname') return above(this.argument(parameters[0]));
    if (last === 'URL') return joined(above(this.argument(parameters[1])), this.argument(parameters[0]));
    const values = parameters.map((one) => this.argument(one));
    // Only that of Node.js takes a slash at the start for none.
    const isNodeJoin = /^(?:path\.(?:posix\.)?)?join$/.test(name);
    return SAME.has(last) && values.length > 0 ? values.reduce(isNodeJoin ? below : joined) : undefined;
  }

  private variableOf([name, other]: readonly Piece[]): Value {
    const known = this.argument(name);
    const value = typeof known === 'string' ? this.surroundings.variable(known) : undefined;
    return value ?? (other === undefined ? UNSET : this.argument(other));
  }

  /** `['DATA']` after the environment. */
  private subscript(): Value {
    const name = this.take(/^\[\s*["'](\w+)["']\s*\]/)?.match(/\w+/)?.[0];
    return name === undefined ? undefined : (this.surroundings.variable(name) ?? UNSET);
  }

  /** What follows a value: `.parent`, `.resolve()`. */
  private members(value: Value): Value {
    let found = value;
    for (;;) {
      const parents = /^\.parents\[(\d+)\]/.exec(this.rest());
      const name = parents?.[0] ?? /^\??\.(\w+)/.exec(this.rest())?.[0];
      if (name === undefined) return found;
      this.at += name.length;
      if (parents !== null) for (let up = 0; up <= Number(parents[1]); up++) found = above(found);
      else if (name === '.parent') found = above(found);
      else {
        const parameters = this.arguments();
        const isPath = SAME.has(name.slice(1)) || name === '.toString';
        const values: readonly Value[] = [found, ...(parameters ?? []).map((one) => this.argument(one))];
        found = isPath && parameters !== undefined ? values.reduce(joined) : undefined;
      }
    }
  }

  private arguments(): readonly Piece[] | undefined {
    if (this.take(/^\(/) === undefined) return undefined;
    const found = argumentsFrom(this.surroundings.source.text, this.at);
    this.at = this.surroundings.source.text.indexOf(')', found?.at(-1)?.end ?? this.at) + 1;
    return found;
  }

  private argument(piece: Piece | undefined): Value {
    if (piece === undefined) return undefined;
    const reader = new Reader(this.surroundings, piece, this.depth);
    const value = reader.alternatives();
    return reader.isAtEnd() ? value : undefined;
  }

  /** A name that is given a value in one place of the file. */
  private assigned(name: string): Value {
    const { source, directory } = this.surroundings;
    if (/(?:^|\.)(?:BASE_DIR|root_path)$/.test(name) && name.includes('.')) return directory;
    if (name.includes('.') || this.depth >= DEEPEST) return undefined;
    const pattern = new RegExp(
      String.raw`(?:^|[;{}\n])[ \t]*(?:export\s+)?(?:const\s+|let\s+|var\s+)?${name.replaceAll('$', '\\$')}\s*(?::\s*[\w.]+\s*)?=(?![=>])`,
      'g',
    );
    const [found, ...more] = [...source.text.matchAll(pattern)];
    if (found === undefined || more.length > 0) return undefined;
    const start = found.index + found[0].length;
    return new Reader(this.surroundings, { start, end: source.text.length }, this.depth + 1).alternatives();
  }

  private take(pattern: RegExp): string | undefined {
    const found = pattern.exec(this.rest())?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  private rest(): string {
    return this.surroundings.source.text.slice(this.at, Math.min(this.piece.end, this.at + 400));
  }
}

/** As text; a part that is not known makes one name of it, unless it may be the start of the path. */
function added(a: Value, b: Value): Value {
  if (typeof a !== 'string') return undefined;
  if (typeof b === 'string') return a + b;
  return a === '' ? (b === UNSET ? UNSET : undefined) : a + ANY;
}

/** As paths: the second may begin anew. */
function joined(a: Value, b: Value): Value {
  if (typeof a !== 'string') return typeof b === 'string' && b.startsWith('/') ? b : a;
  if (typeof b !== 'string') return `${a}/${ANY}`;
  return b.startsWith('/') || a === '' ? b : `${a}/${b}`;
}

function below(a: Value, b: Value): Value {
  return joined(a, typeof b === 'string' && a !== '' ? b.replace(/^\/+/, '') : b);
}

function above(value: Value): Value {
  return typeof value !== 'string' ? value : value.startsWith('/') ? parentPath(imagePath('/', value)) : `${value}/..`;
}
