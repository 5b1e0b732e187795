import { parse as parseBash, type Command as BashCommand, type ParsedScript, type SyntaxNode, type Word } from 'unbash';
import { forEachChild } from 'unbash';
import type { Command, Redirection, Script, ShellWord, Statement } from './types.js';

type Kind = Command['within'][number];

const CACHE_LIMIT = 2000;
const cache = new Map<string, Script>();

/** Reads a POSIX shell or Bash script. Never throws: what the parser objects to is in `error`. */
export function parseScript(text: string): Script {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const script = readScript(text);
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(text, script);
  return script;
}

interface Place {
  readonly statement: number;
  readonly within: readonly Kind[];
  readonly topLevel: boolean;
  readonly unconditional: boolean;
}

interface Reading {
  readonly text: string;
  readonly commands: Command[];
  error: string | undefined;
}

function readScript(text: string): Script {
  const parsed = parseBash(text);
  const reading: Reading = { text, commands: [], error: parsed.errors?.[0]?.message };
  const statements = parsed.commands.map((statement, index) => {
    visitStatement(reading, statement, index);
    return readStatement(statement);
  });
  reading.commands.sort((a, b) => a.start - b.start);
  return { text, statements, commands: reading.commands, error: reading.error };
}

type BashStatement = ParsedScript['commands'][number];

function readStatement({ pos, end, command, background }: BashStatement): Statement {
  const list = command.type === 'AndOr' ? command.commands : [command];
  return {
    start: pos,
    end,
    members: list.map((member) => ({ start: member.pos, end: member.end })),
    operators: command.type === 'AndOr' ? command.operators : [],
    background: background === true,
  };
}

function visitStatement(reading: Reading, statement: BashStatement, index: number): void {
  const { command } = statement;
  const within: readonly Kind[] = statement.background === true ? ['background'] : [];
  if (command.type !== 'AndOr') {
    visit(reading, command, { statement: index, within, topLevel: true, unconditional: true });
    return;
  }
  for (const [at, member] of command.commands.entries()) {
    const unconditional = command.operators.slice(0, at).every((operator) => operator === '&&');
    visit(reading, member, { statement: index, within, topLevel: true, unconditional });
  }
}

const KINDS: Partial<Record<SyntaxNode['type'], Kind>> = {
  Subshell: 'subshell',
  BraceGroup: 'group',
  While: 'loop',
  For: 'loop',
  ArithmeticFor: 'loop',
  Select: 'loop',
  If: 'condition',
  Case: 'case',
  Function: 'function',
  Coproc: 'background',
  CommandExpansion: 'substitution',
  ProcessSubstitution: 'substitution',
  AndOr: 'branch',
};

function visit(reading: Reading, node: SyntaxNode, place: Place): void {
  if (node.type === 'Script') reading.error ??= node.errors?.[0]?.message;
  if (node.type === 'Command') reading.commands.push(readCommand(reading.text, node, place));
  const inner = innerPlace(node, place);
  forEachChild(node, (child) => visit(reading, child, node.type === 'Command' ? substitutionPlace(inner) : inner));
}

/** Children of a simple command are words: commands in them run in substitutions, which add their own kind. */
function substitutionPlace(place: Place): Place {
  return { ...place, topLevel: false, unconditional: false };
}

function innerPlace(node: SyntaxNode, place: Place): Place {
  const kinds: Kind[] = [];
  if (node.type === 'Pipeline') {
    if (node.commands.length > 1) kinds.push('pipeline');
    if (node.prefixes.some((prefix) => prefix.type === 'Negation')) kinds.push('negation');
  }
  if (node.type === 'Statement' && node.background === true) kinds.push('background');
  const kind = KINDS[node.type];
  if (kind !== undefined) kinds.push(kind);
  if (kinds.length === 0) return place;
  return { ...place, within: [...place.within, ...kinds], topLevel: false, unconditional: false };
}

function readCommand(text: string, node: BashCommand, place: Place): Command {
  const assignments: { name: string; value: ShellWord | undefined }[] = [];
  for (const prefix of node.prefix)
    if (prefix.type === 'Assignment')
      assignments.push({ name: prefix.name, value: prefix.value.type === 'Word' ? readWord(prefix.value) : undefined });
  return {
    start: node.pos,
    end: node.end,
    assignments,
    name: node.name && readWord(node.name),
    args: node.args.map((arg) =>
      arg.type === 'Word'
        ? readWord(arg)
        : { start: arg.pos, end: arg.end, text: text.slice(arg.pos, arg.end), value: undefined },
    ),
    redirections: node.redirects.map((redirect): Redirection => {
      const target = redirect.type === 'HereDoc' ? redirect.delimiter?.text : redirect.target?.text;
      return { start: redirect.pos, end: redirect.end, operator: redirect.operator, target };
    }),
    ...place,
  };
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
