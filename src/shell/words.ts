import type { Command as BashCommand, Redirection as BashRedirection, Word } from 'unbash';
import type { Command, Redirection, ShellRange, ShellWord } from './types.js';

/** Where a command is in its script. */
export interface Place extends Pick<Command, 'statement' | 'topLevel' | 'unconditional' | 'within'> {
  /** In backquotes with escapes the parser's offsets are of the decoded text: the backquotes' range is the range of all in them. */
  readonly decoded: ShellRange | undefined;
}

export function readCommand(node: BashCommand, place: Place): Command {
  const { decoded, statement, topLevel, unconditional, within } = place;
  const word = (one: Word): ShellWord => readWord(one, decoded);
  return {
    start: decoded?.start ?? node.pos,
    end: decoded?.end ?? node.end,
    assignments: node.prefix.flatMap((prefix) =>
      prefix.type === 'Assignment'
        ? [{ name: prefix.name, value: prefix.value.type === 'Word' ? word(prefix.value) : undefined }]
        : [],
    ),
    name: node.name && word(node.name),
    args: node.args.map((arg) =>
      arg.type === 'Word'
        ? word(arg)
        : { start: decoded?.start ?? arg.pos, end: decoded?.end ?? arg.end, text: arg.text, value: undefined },
    ),
    redirections: node.redirects.map((redirect) => ({ ...readRedirection(redirect), ...decoded })),
    statement,
    topLevel,
    unconditional,
    within,
  };
}

export function readRedirection(redirect: BashRedirection): Redirection {
  const target = redirect.type === 'HereDoc' ? redirect.delimiter?.text : redirect.target?.text;
  return { start: redirect.pos, end: redirect.end, operator: redirect.operator, target };
}

/** `value` only where every part is literal: an expansion, a glob, a brace or a leading tilde makes it unknown. */
function readWord(word: Word, decoded: ShellRange | undefined): ShellWord {
  return {
    start: decoded?.start ?? word.pos,
    end: decoded?.end ?? word.end,
    text: word.text,
    value: isLiteral(word) ? word.value : undefined,
  };
}

function isLiteral(word: Word): boolean {
  if (word.text.startsWith('~')) return false;
  return (word.parts ?? []).every(
    (part) =>
      part.type === 'Literal' ||
      part.type === 'SingleQuoted' ||
      part.type === 'AnsiCQuoted' ||
      (part.type === 'DoubleQuoted' && part.parts.every((inner) => inner.type === 'Literal')),
  );
}
