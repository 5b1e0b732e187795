/** Programs of Node as syntax trees. */
import { parse, type AnyNode, type Program } from 'acorn';

/** Longer or deeper programs are not looked through. */
const LONGEST = 200_000;
const DEEPEST = 300;

/** Undefined where it is no JavaScript (TypeScript, JSX), or too much of it. */
export function parseProgram(text: string): Program | undefined {
  const program = text.length > LONGEST ? undefined : parseAsEither(text);
  return program !== undefined && isShallow(program) ? program : undefined;
}

function parseAsEither(text: string): Program | undefined {
  for (const sourceType of ['module', 'script'] as const)
    try {
      const allowReturnOutsideFunction = sourceType === 'script';
      return parse(text, { ecmaVersion: 'latest', sourceType, allowReturnOutsideFunction, allowHashBang: true });
    } catch {
      // The other kind of program may be right.
    }
  return undefined;
}

function isShallow(program: Program): boolean {
  let level: readonly AnyNode[] = [program];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return false;
    level = level.flatMap(childrenOf);
  }
  return true;
}

export function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** What a node is made of, in the order of the text. */
export function childrenOf(node: AnyNode): readonly AnyNode[] {
  return Object.values(node).flatMap((value: unknown) => (Array.isArray(value) ? value : [value]).filter(isNode));
}

export function allNodes(node: AnyNode): readonly AnyNode[] {
  const found: AnyNode[] = [node];
  for (const one of found) found.push(...childrenOf(one));
  return found;
}

/** The text of a string, or of a template without expressions. */
export function literalText(node: AnyNode | undefined): string | undefined {
  if (node?.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node?.type !== 'TemplateLiteral' || node.expressions.length > 0) return undefined;
  return node.quasis[0]?.value.cooked ?? undefined;
}

/** `fs.readFileSync`: the name behind the dot, or in `['…']`. */
export function memberName(node: AnyNode): string | undefined {
  if (node.type !== 'MemberExpression') return undefined;
  if (node.computed) return literalText(node.property);
  return node.property.type === 'Identifier' ? node.property.name : undefined;
}
