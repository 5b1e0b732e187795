/**
 * The plain view of a Dockerfile that everything else works on.
 *
 * All offsets are UTF-16 code units into `Dockerfile.text`; a range is half-open, `[start, end)`.
 */

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A replacement in the source: `text` takes the place of `[start, end)`. */
export interface Edit extends Range {
  readonly text: string;
}

/**
 * Text as the builder sees it after joining continued lines and dropping the comment and blank lines between them,
 * with the way back to the source.
 */
export interface LogicalText {
  readonly text: string;
  /** Source offset of the character at `offset` (`text.length` gives the end of the last character). */
  sourceStart(offset: number): number;
  /** Source offset right after the character before `offset`: use it for the end of a range. */
  sourceEnd(offset: number): number;
}

/** A word separated by blanks; quotes are kept as written. `text` is without continuations. */
export interface Word extends Range {
  readonly text: string;
}

/** `--name=value` or `--name` before the arguments; `value` without quotes. The range covers the whole flag. */
export interface Flag extends Range {
  readonly name: string;
  readonly value: string | undefined;
}

export interface Heredoc {
  /** Range of the `<<EOF` word. */
  readonly marker: Range;
  readonly delimiter: string;
  /** False when the delimiter was quoted: no variable is expanded in the body. */
  readonly expand: boolean;
  /** `<<-`: leading tabs are stripped. */
  readonly stripTabs: boolean;
  /** The lines between marker and terminator, with their newlines. */
  readonly body: Range;
  /** The line that ends it, without its newline. */
  readonly terminator: Range;
}

export interface Instruction extends Range {
  /** Position in `Dockerfile.instructions`; -1 for the trigger of an ONBUILD. */
  readonly index: number;
  /** Position of its stage in `Dockerfile.stages`; -1 before the first FROM. */
  readonly stageIndex: number;
  /** Upper case. */
  readonly keyword: string;
  readonly keywordRange: Range;
  readonly flags: readonly Flag[];
  /** What follows keyword and flags, joined to one line, trimmed; heredoc bodies are not part of it. */
  readonly body: LogicalText;
  /** `body` split as the builder does: at blanks, for ENV, ARG and LABEL at blanks outside quotes. For the JSON form use `json`. */
  readonly words: readonly Word[];
  /** The exec (JSON) form, when the body is a valid JSON array of strings and the keyword allows one. */
  readonly json: readonly string[] | undefined;
  readonly heredocs: readonly Heredoc[];
  /** Comment lines inside a continued instruction: from `#` to the end of the line. */
  readonly comments: readonly Range[];
  /** 1-based, of the keyword. */
  readonly startLine: number;
  /** 1-based, of the last line, heredoc terminator included. */
  readonly endLine: number;
  /** The instruction that ONBUILD holds. */
  readonly trigger: Instruction | undefined;
}

export interface From {
  /** As written, without quotes: `node:20`, `${BASE}`, `builder`. */
  readonly image: string;
  readonly imageRange: Range;
  /** `image` in a build without arguments; undefined where an ARG that has no default is part of it. */
  readonly reference: string | undefined;
  /** The keyword AS before the name. */
  readonly asRange: Range | undefined;
  /** Lower case, or undefined where the stage has no name. */
  readonly name: string | undefined;
  readonly nameRange: Range | undefined;
  readonly platform: Flag | undefined;
}

export interface Stage extends Range {
  readonly index: number;
  readonly from: From;
  /** The FROM itself is `instructions[0]`. */
  readonly instructions: readonly Instruction[];
  /** The stage that FROM names in a build without arguments, if it names one of this file. */
  readonly parent: Stage | undefined;
  /** The last stage of the file: what `docker build` makes without `--target`. */
  readonly isFinal: boolean;
}

export interface Directive {
  readonly name: string;
  readonly value: string;
  readonly range: Range;
}

export interface Dockerfile {
  /** Without a byte order mark. */
  readonly text: string;
  /** What most lines end with. */
  readonly newline: '\n' | '\r\n';
  readonly escape: '\\' | '`';
  readonly directives: readonly Directive[];
  /** Comment lines outside instructions, from `#` to the end of the line. */
  readonly comments: readonly Range[];
  readonly instructions: readonly Instruction[];
  /** Instructions before the first FROM (ARG only, in a file that builds). */
  readonly globals: readonly Instruction[];
  /** The values of global ARGs in a build without arguments, by name, BuildKit's own such as TARGETARCH included. */
  readonly argumentDefaults: ReadonlyMap<string, string>;
  readonly stages: readonly Stage[];
}

/** The file can't be read as a Dockerfile. `line` is 1-based. */
export class DockerfileError extends Error {
  override readonly name = 'DockerfileError';
  constructor(
    message: string,
    readonly line: number,
  ) {
    super(message);
  }
}
