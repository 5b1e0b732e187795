import type { Command as BashCommand, Redirection as BashRedirection, Word } from 'unbash';
import type { Command, Redirection, ShellRange, ShellWord } from './types.js';

/** What a simple command says, without its place in the script. */
export type CommandWords = Omit<Command, 'statement' | 'topLevel' | 'unconditional' | 'within'>;

/**
 * @param decoded the range to use for all of it where the parser's own offsets are not of this text
 */
export function readCommand(node: BashCommand, decoded: ShellRange | undefined): CommandWords {
  const place = (range: ShellRange): ShellRange => decoded ?? range;
  const word = (one: Word): ShellWord => ({ ...readWord(one), ...place({ start: one.pos, end: one.end }) });
  return {
    ...place({ start: node.pos, end: node.end }),
    assignments: node.prefix.flatMap((prefix) =>
      prefix.type === 'Assignment'
        ? [{ name: prefix.name, value: prefix.value.type === 'Word' ? word(prefix.value) : undefined }]
        : [],
    ),
    name: node.name && word(node.name),
    args: node.args.map((arg) =>
      arg.type === 'Word'
        ? word(arg)
        : { ...place({ start: arg.pos, end: arg.end }), text: arg.text, value: undefined },
    ),
    redirections: node.redirects.map((redirect) => ({
      ...readRedirection(redirect),
      ...place({ start: redirect.pos, end: redirect.end }),
    })),
  };
}

export function readRedirection(redirect: BashRedirection): Redirection {
  const target = redirect.type === 'HereDoc' ? redirect.delimiter?.text : redirect.target?.text;
  return { start: redirect.pos, end: redirect.end, operator: redirect.operator, target };
}

/** `value` only where every part is literal: an expansion, a glob, a brace or a leading tilde makes it unknown. */
function readWord(word: Word): ShellWord {
  return { start: word.pos, end: word.end, text: word.text, value: isLiteral(word) ? word.value : undefined };
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
