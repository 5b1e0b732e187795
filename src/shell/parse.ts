import type { ParsedScript, Redirection as BashRedirection, SyntaxNode } from 'unbash';
import { forEachChild, parse as parseBash } from 'unbash';
import type { Command, Compound, Script, Statement } from './types.js';
import { readCommand, readRedirection, type Place } from './words.js';

type Kind = Command['within'][number];

const CACHE_LIMIT = 2000;
const cache = new Map<string, Script>();

/** Reads a POSIX shell or Bash script. Never throws: what the parser objects to is in `error`. */
export function parseScript(text: string): Script {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const script = readDeepScript(text);
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(text, script);
  return script;
}

interface Reading {
  readonly text: string;
  readonly commands: Command[];
  readonly compounds: Compound[];
  error: string | undefined;
}

/** Parser and visitor recurse: nesting beyond the stack is an error like any other. */
function readDeepScript(text: string): Script {
  try {
    return readScript(text);
  } catch (problem) {
    if (!(problem instanceof RangeError)) throw problem;
    return { text, statements: [], commands: [], compounds: [], error: 'it is nested too deeply' };
  }
}

function readScript(text: string): Script {
  const parsed = parseBash(text);
  const reading: Reading = { text, commands: [], compounds: [], error: parsed.errors?.[0]?.message };
  const statements = parsed.commands.map((statement, index) => {
    visitStatement(reading, statement, index);
    return readStatement(statement);
  });
  const { commands, compounds, error } = reading;
  commands.sort((a, b) => a.start - b.start);
  compounds.sort((a, b) => a.start - b.start);
  return { text, statements, commands, compounds, error };
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
    visit(reading, command, { statement: index, within, topLevel: true, unconditional: true, decoded: undefined });
    return;
  }
  let unconditional = true;
  for (const [at, member] of command.commands.entries()) {
    if (at > 0 && command.operators[at - 1] !== '&&') unconditional = false;
    visit(reading, member, { statement: index, within, topLevel: true, unconditional, decoded: undefined });
  }
}

/** Compound commands that are also what is around their commands. */
const AROUND = {
  Subshell: 'subshell',
  BraceGroup: 'group',
  While: 'loop',
  For: 'loop',
  ArithmeticFor: 'loop',
  Select: 'loop',
  If: 'condition',
  Case: 'case',
  Function: 'function',
} as const;

const KINDS: Partial<Record<SyntaxNode['type'], Kind>> = {
  ...AROUND,
  Coproc: 'background',
  CommandExpansion: 'substitution',
  ArithmeticCommandExpansion: 'substitution',
  ProcessSubstitution: 'substitution',
  AndOr: 'branch',
};

const COMPOUNDS: Partial<Record<SyntaxNode['type'], Compound['kind']>> = {
  ...AROUND,
  TestCommand: 'test',
  ArithmeticCommand: 'arithmetic',
  Coproc: 'coprocess',
};

/** @param redirects those of the compound command that `node` is */
function visit(reading: Reading, node: SyntaxNode, place: Place, redirects: readonly BashRedirection[] = []): void {
  if (node.type === 'Script') reading.error ??= node.errors?.[0]?.message;
  if (node.type === 'Command') reading.commands.push(readCommand(node, place));
  addCompound(reading, node, place, redirects);
  const inner = innerPlace(node, place);
  const own = node.type === 'Redirected' ? node.redirects : [];
  const below = node.type === 'Command' ? substitutionPlace(inner) : inner;
  forEachChild(node, (child) => {
    if (node.type === 'Redirected' && child === node.command) visit(reading, child, below, own);
    else visit(reading, child, below);
  });
}

function addCompound(
  { compounds }: Reading,
  node: SyntaxNode,
  { decoded, within }: Place,
  redirects: readonly BashRedirection[],
): void {
  const kind = COMPOUNDS[node.type];
  if (kind === undefined) return;
  const named = node.type === 'For' || node.type === 'Select' || node.type === 'Function';
  const { start, end } = decoded ?? { start: node.pos, end: node.end };
  const redirections = redirects.map(readRedirection);
  compounds.push({ start, end, kind, name: named ? node.name.text : undefined, redirections, within });
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
  const escaped = node.type === 'CommandExpansion' && node.script?.source !== undefined;
  const decoded = place.decoded ?? (escaped ? { start: node.pos, end: node.end } : undefined);
  return { ...place, decoded, within: [...place.within, ...kinds], topLevel: false, unconditional: false };
}
