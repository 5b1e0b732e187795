/**
 * The shell program of a RUN, as plain data. Offsets are UTF-16 code units into `Script.text`
 * (the logical text of the instruction or the body of its heredoc), ranges half-open.
 */

export interface ShellRange {
  readonly start: number;
  readonly end: number;
}

export interface ShellWord extends ShellRange {
  /** As written. */
  readonly text: string;
  /** The value after quote removal, when the word has no expansion and no glob; otherwise undefined. */
  readonly value: string | undefined;
}

export interface Redirection extends ShellRange {
  readonly operator: string;
  readonly target: string | undefined;
}

/** One simple command, wherever in the script. */
export interface Command extends ShellRange {
  /** Assignments in front of the name, or alone. */
  readonly assignments: readonly { readonly name: string; readonly value: ShellWord | undefined }[];
  /** Undefined for a lone assignment or redirection. */
  readonly name: ShellWord | undefined;
  readonly args: readonly ShellWord[];
  readonly redirections: readonly Redirection[];
  /** Index of the top-level and-or list (statement) that holds it. */
  readonly statement: number;
  /**
   * True when the command is a direct member of a top-level and-or list, not in a pipeline of more than one command,
   * subshell, group, loop, condition, function or substitution.
   */
  readonly topLevel: boolean;
  /** True when every operator of its top-level list before it is `&&` and `topLevel` holds. */
  readonly unconditional: boolean;
  /** Negated (`!`), in a pipeline, subshell, loop … : kinds of nodes around it, outermost first. */
  readonly within: readonly (
    | 'pipeline'
    | 'negation'
    | 'subshell'
    | 'group'
    | 'loop'
    | 'condition'
    | 'branch'
    | 'case'
    | 'function'
    | 'substitution'
    | 'background'
  )[];
}

/** A compound command, wherever in the script: what a list of simple commands doesn't tell. */
export interface Compound extends ShellRange {
  readonly kind:
    'subshell' | 'group' | 'loop' | 'condition' | 'case' | 'function' | 'test' | 'arithmetic' | 'coprocess';
  /** The variable of a `for` or `select`, the name of a function. */
  readonly name: string | undefined;
  /** Redirections of the whole, as in `done > list`. */
  readonly redirections: readonly Redirection[];
  readonly within: Command['within'];
}

/** A top-level and-or list: `a && b || c`, with what ends it. */
export interface Statement extends ShellRange {
  /** Members in order; a member may be a pipeline or a compound command. */
  readonly members: readonly ShellRange[];
  readonly operators: readonly ('&&' | '||')[];
  readonly background: boolean;
}

export interface Script {
  readonly text: string;
  readonly statements: readonly Statement[];
  /** Every simple command, in source order, nested ones and those in substitutions included. */
  readonly commands: readonly Command[];
  /** Every compound command, in source order. */
  readonly compounds: readonly Compound[];
  /** Undefined when the parser found no error. */
  readonly error: string | undefined;
}
