/** Goes through the text of a program and collects the files that it names. */
import type { AnyNode, VariableDeclarator } from 'acorn';
import { GLOBALS, MAKES_FOLDER, MEMBERS, META, MOVES, PURE_MODULES, READS, WAYS_OUT, WRITES } from './known-names.js';
import { moduleAt, plainName, type ModuleName } from './names.js';
import { pathOf, type Program } from './path-values.js';
import { childrenOf, literalText, memberName } from './syntax.js';

/** Where what is found goes; false where that is not all that is known of it. */
export interface Files {
  addRead(path: string): boolean;
  addWrite(path: string): boolean;
  /** A module of the project, by its relative name. */
  loadBeside(folder: string, name: string): boolean;
}

/** Goes through a program; every `visit` returns the first part by which it may read or write what its text does not say. */
export class Walk {
  constructor(
    private readonly program: Program,
    private readonly files: Files,
  ) {}

  visit(node: AnyNode): AnyNode | undefined {
    switch (node.type) {
      case 'ImportDeclaration':
        return this.mayLoad(node.source, true) ? undefined : node;
      case 'ExportAllDeclaration':
        return this.mayLoad(node.source) ? undefined : node;
      case 'ExportNamedDeclaration':
        if (node.source) return this.mayLoad(node.source) ? undefined : node;
        return this.visitAll([
          ...(node.declaration ? [node.declaration] : []),
          ...node.specifiers.map((one) => one.local),
        ]);
      case 'ImportExpression':
      case 'WithStatement':
      case 'ThisExpression':
      case 'MetaProperty':
        return node;
      case 'Identifier':
        return this.isKnown(node.name) ? undefined : node;
      case 'VariableDeclarator':
        return this.visitDeclaration(node) ?? this.visitAll(node.init && requiredAt(node.init) ? [] : childrenOf(node));
      case 'Property':
      case 'MethodDefinition':
      case 'PropertyDefinition':
        return this.visitAll([...(node.computed ? [node.key] : []), ...(node.value ? [node.value] : [])]);
      case 'LabeledStatement':
        return this.visit(node.body);
      case 'BreakStatement':
      case 'ContinueStatement':
        return undefined;
      case 'BinaryExpression':
        return this.visitAll([node.left, node.right].filter((side) => !isMain(side)));
      case 'MemberExpression':
        return this.visitMember(node);
      case 'CallExpression':
        return this.visitCall(node);
      default:
        return this.visitAll(childrenOf(node));
    }
  }

  private visitAll(nodes: readonly AnyNode[]): AnyNode | undefined {
    for (const node of nodes) {
      const odd = this.visit(node);
      if (odd !== undefined) return odd;
    }
    return undefined;
  }

  /** What is taken out of a module goes by names alone: `{ ...fs }` and defaults would need to be followed. */
  private visitDeclaration({ id, init }: VariableDeclarator): AnyNode | undefined {
    const required = init ? requiredAt(init) : undefined;
    if (required === undefined || !init) return undefined;
    if (required.module !== 'fs') return PURE_MODULES.has(required.module) ? undefined : init;
    if (id.type === 'Identifier') return undefined;
    const isPlain =
      required.member === undefined &&
      id.type === 'ObjectPattern' &&
      id.properties.every(
        (one) => one.type === 'Property' && one.key.type === 'Identifier' && one.value.type === 'Identifier',
      );
    return isPlain ? undefined : id;
  }

  /** `fs` itself is only known where a function of it is called. */
  private isKnown(name: string): boolean {
    const module = this.program.names.modules.get(name);
    if (module !== undefined) return PURE_MODULES.has(module.module);
    return this.program.names.declared.has(name) || GLOBALS.has(name);
  }

  private visitMember(node: AnyNode & { type: 'MemberExpression' }): AnyNode | undefined {
    const name = memberName(node);
    if (name !== undefined && WAYS_OUT.has(name)) return node;
    const { object } = node;
    if (object.type === 'MetaProperty') return name !== undefined && META.has(name) ? undefined : node;
    const known = object.type === 'Identifier' && !this.isKnown(object.name) ? MEMBERS.get(object.name) : undefined;
    if (known !== undefined) return name !== undefined && known.has(name) ? undefined : node;
    if (moduleAt(this.program.names.modules, object)?.module === 'fs') return name === 'constants' ? undefined : node;
    return this.visitAll([object, ...(node.computed ? [node.property] : [])]);
  }

  private visitCall(node: AnyNode & { type: 'CallExpression' }): AnyNode | undefined {
    const { callee } = node;
    const called = moduleAt(this.program.names.modules, callee);
    if (called?.module === 'fs')
      return this.mayCall(called.member ?? '', node.arguments) ? this.visitAll(node.arguments) : node;
    if (callee.type === 'Identifier' && callee.name === 'require')
      return this.mayLoad(node.arguments[0]) && node.arguments.length === 1 ? undefined : node;
    if (callee.type === 'MemberExpression' && callee.computed && memberName(callee) === undefined) return node;
    return this.visit(callee) ?? this.visitAll(node.arguments);
  }

  private mayCall(name: string, args: readonly AnyNode[]): boolean {
    const plain = name.replace(/Sync$/, '');
    if (plain === MAKES_FOLDER) return pathOf(this.program, args[0]) !== undefined;
    if (READS.has(plain)) return this.takes(args[0], (path) => this.files.addRead(path));
    if (WRITES.has(plain)) return this.takes(args[0], (path) => this.files.addWrite(path));
    if (!MOVES.has(plain)) return false;
    const source = plain === 'rename' ? 'addWrite' : 'addRead';
    return (
      this.takes(args[0], (path) => this.files[source](path)) &&
      this.takes(args[1], (path) => this.files.addWrite(path))
    );
  }

  private takes(node: AnyNode | undefined, add: (path: string) => boolean): boolean {
    const place = pathOf(this.program, node);
    return place === 'outside' || (place !== undefined && add(place.path));
  }

  /** @param named what it takes of the module has names here */
  private mayLoad(node: AnyNode | undefined, named = false): boolean {
    const name = literalText(node);
    if (name === undefined) return false;
    if (name.startsWith('.')) return this.files.loadBeside(this.program.folder, name);
    const module = plainName(name);
    return (named && module === 'fs') || PURE_MODULES.has(module);
  }
}

const NO_NAMES: ReadonlyMap<string, ModuleName> = new Map();

function requiredAt(node: AnyNode): ModuleName | undefined {
  return moduleAt(NO_NAMES, node);
}

/** `require.main === module` */
function isMain(node: AnyNode): boolean {
  if (node.type === 'Identifier') return node.name === 'module';
  return node.type === 'MemberExpression' && node.object.type === 'Identifier' && memberName(node) === 'main';
}
