/** What the names of a program are: its own, modules of Node, and constants whose value is written down. */
import type { AnyNode, Expression, Program } from 'acorn';
import { allNodes, childrenOf, literalText, memberName } from './syntax.js';

/** `fs`, or one function of it where `member` is there. */
export interface ModuleName {
  readonly module: string;
  readonly member?: string | undefined;
}

export interface Names {
  /** All that the program declares, wherever. */
  readonly declared: ReadonlySet<string>;
  readonly modules: ReadonlyMap<string, ModuleName>;
  /** Declared once, as `const`. */
  readonly constants: ReadonlyMap<string, Expression>;
}

/** @param given names that the program has without declaring them */
export function namesOf(program: Program, given: ReadonlyMap<string, ModuleName>): Names {
  const declared: string[] = [];
  const modules = new Map(given);
  const constants = new Map<string, Expression>();
  for (const node of allNodes(program)) {
    declared.push(...declaredBy(node));
    if (node.type === 'ImportDeclaration') addImports(modules, node);
    if (node.type !== 'VariableDeclaration') continue;
    for (const { id, init } of node.declarations) {
      if (init === null || init === undefined) continue;
      const name = moduleAt(NONE, init);
      if (name !== undefined) addRequired(modules, id, name);
      else if (id.type === 'Identifier' && node.kind === 'const') constants.set(id.name, init);
    }
  }
  const once = new Set<string>();
  for (const name of declared)
    if (once.has(name)) constants.delete(name);
    else once.add(name);
  return { declared: once, modules, constants };
}

/** The module, or function of one, that an expression is: `fs`, `fs.promises.readFile`, `require('node:fs').readFile`. */
export function moduleAt(modules: Names['modules'], node: AnyNode): ModuleName | undefined {
  if (node.type === 'Identifier') return modules.get(node.name);
  if (node.type !== 'MemberExpression') return requiredModule(node);
  const whole = moduleAt(modules, node.object);
  return whole === undefined || whole.member !== undefined ? undefined : member(whole.module, memberName(node));
}

const NONE: Names['modules'] = new Map();

function requiredModule(node: AnyNode): ModuleName | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'require')
    return undefined;
  const name = literalText(node.arguments[0]);
  return name === undefined || name.startsWith('.') ? undefined : { module: plainName(name) };
}

/** The promises of `fs` have its functions. */
function member(module: string, name: string | undefined): ModuleName {
  return module === 'fs' && name === 'promises' ? { module } : { module, member: name };
}

export function plainName(name: string): string {
  return name.replace(/^node:/, '').replace(/^fs\/promises$/, 'fs');
}

function addImports(modules: Map<string, ModuleName>, node: AnyNode & { type: 'ImportDeclaration' }): void {
  const from = String(node.source.value);
  if (from.startsWith('.')) return;
  const module = plainName(from);
  for (const specifier of node.specifiers) {
    const { imported } = specifier.type === 'ImportSpecifier' ? specifier : {};
    const name = imported?.type === 'Identifier' ? imported.name : imported && String(imported.value);
    modules.set(specifier.local.name, name === undefined || name === 'default' ? { module } : member(module, name));
  }
}

function addRequired(modules: Map<string, ModuleName>, id: AnyNode, name: ModuleName): void {
  if (id.type === 'Identifier') modules.set(id.name, name);
  if (id.type !== 'ObjectPattern' || name.member !== undefined) return;
  for (const property of id.properties)
    if (property.type === 'Property' && property.key.type === 'Identifier' && property.value.type === 'Identifier')
      modules.set(property.value.name, member(name.module, property.key.name));
}

function declaredBy(node: AnyNode): readonly string[] {
  if (node.type === 'VariableDeclarator') return patternNames(node.id);
  if (node.type === 'CatchClause') return node.param ? patternNames(node.param) : [];
  if (/^Import(?:Default|Namespace)?Specifier$/.test(node.type))
    return childrenOf(node).slice(-1).flatMap(patternNames);
  if (!('params' in node) && node.type !== 'ClassDeclaration' && node.type !== 'ClassExpression') return [];
  const own = 'id' in node && node.id ? patternNames(node.id) : [];
  return 'params' in node ? [...own, ...node.params.flatMap(patternNames)] : own;
}

function patternNames(pattern: AnyNode): readonly string[] {
  if (pattern.type === 'Identifier') return [pattern.name];
  if (pattern.type === 'AssignmentPattern') return patternNames(pattern.left);
  if (pattern.type === 'RestElement') return patternNames(pattern.argument);
  if (pattern.type === 'ArrayPattern') return pattern.elements.flatMap((one) => (one ? patternNames(one) : []));
  if (pattern.type !== 'ObjectPattern') return [];
  return pattern.properties.flatMap((one) => patternNames(one.type === 'Property' ? one.value : one));
}
