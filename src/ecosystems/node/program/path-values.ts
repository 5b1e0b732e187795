/** Paths that a program writes down, however it puts them together. */
import type { AnyNode, Identifier } from 'acorn';
import { cleanPath, imagePath, joinPath, parentPath, trimSlashes } from '../../../paths.js';
import type { Project } from '../../project/types.js';
import { moduleAt, type Names } from './names.js';
import { literalText, memberName } from './syntax.js';

/** Where the context lies while paths are put together: no file has this name. */
const ROOT = '/\u0001';

export interface Program {
  readonly project: Project;
  /** Context path of the program's own folder. */
  readonly folder: string;
  readonly file: string;
  readonly names: Names;
}

/** A path of the context, or `outside` for one elsewhere in the image; undefined where it is not known before it runs. */
export function pathOf(program: Program, node: AnyNode | undefined): { readonly path: string } | 'outside' | undefined {
  const value = node && valueOf(program, node);
  if (value === undefined || value.includes('\\')) return undefined;
  const { project } = program;
  const written = imagePath(joinPath(ROOT, project.directory), value);
  if (written === ROOT) return { path: '' };
  if (written.startsWith(`${ROOT}/`)) return { path: written.slice(ROOT.length + 1) };
  if (!value.startsWith('/') || value.startsWith(ROOT)) return undefined;
  const path = project.resolve(value);
  return path === undefined ? 'outside' : { path };
}

function valueOf(program: Program, node: AnyNode): string | undefined {
  const literal = literalText(node);
  if (literal !== undefined) return literal;
  if (node.type === 'Identifier') return nameValue(program, node);
  if (node.type === 'BinaryExpression')
    return node.operator === '+' ? joined(program, [node.left, node.right]) : undefined;
  if (node.type === 'TemplateLiteral') {
    const parts = node.quasis.map(({ value }) => value.cooked ?? undefined);
    const values = node.expressions.map((one) => valueOf(program, one));
    const all = parts.flatMap((part, index) => (index < values.length ? [part, values[index]] : [part]));
    return all.some((one) => one === undefined) ? undefined : all.join('');
  }
  if (node.type === 'MemberExpression' && node.object.type === 'MetaProperty')
    return metaValue(program, memberName(node));
  if (node.type === 'NewExpression') return urlValue(program, node.callee, node.arguments);
  return node.type === 'CallExpression' ? callValue(program, node.callee, node.arguments) : undefined;
}

function joined(program: Program, nodes: readonly AnyNode[]): string | undefined {
  const values = nodes.map((one) => valueOf(program, one));
  return values.some((one) => one === undefined) ? undefined : values.join('');
}

function nameValue(program: Program, { name, start }: Identifier): string | undefined {
  const { constants, declared } = program.names;
  if (name === '__dirname' && !declared.has(name)) return joinPath(ROOT, program.folder);
  const constant = constants.get(name);
  return constant !== undefined && constant.end < start ? valueOf(program, constant) : undefined;
}

/** `new URL('../template.txt', import.meta.url)` */
function urlValue(program: Program, callee: AnyNode, [path, base]: readonly AnyNode[]): string | undefined {
  const isUrl = callee.type === 'Identifier' && callee.name === 'URL' && !program.names.declared.has('URL');
  const text = literalText(path);
  if (!isUrl || base === undefined || !isOwnUrl(base) || text === undefined || !/^[\w./-]+$/.test(text))
    return undefined;
  return imagePath(parentPath(fileOf(program)), text);
}

function isOwnUrl(node: AnyNode): boolean {
  return node.type === 'MemberExpression' && node.object.type === 'MetaProperty' && memberName(node) === 'url';
}

/** As `path.join` does: a slash at the end stays. */
function joinParts(values: readonly string[]): string {
  const joined = values.join('/');
  return cleanPath(joined) + (joined.endsWith('/') ? '/' : '');
}

function metaValue(program: Program, name: string | undefined): string | undefined {
  if (name === 'dirname') return parentPath(fileOf(program));
  return name === 'filename' ? fileOf(program) : undefined;
}

function fileOf({ file }: Program): string {
  return joinPath(ROOT, file);
}

/** `path.join(…)`, `process.cwd()`, `fileURLToPath(import.meta.url)`. */
function callValue(program: Program, callee: AnyNode, args: readonly AnyNode[]): string | undefined {
  if (callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && memberName(callee) === 'cwd')
    return callee.object.name === 'process' ? joinPath(ROOT, program.project.directory) : undefined;
  const called = moduleAt(program.names.modules, callee);
  const [only] = args;
  if (called?.module === 'url' && called.member === 'fileURLToPath' && only !== undefined)
    return isOwnUrl(only) ? fileOf(program) : only.type === 'NewExpression' ? valueOf(program, only) : undefined;
  if (called?.module !== 'path') return undefined;
  const values = args.map((one) => valueOf(program, one)).filter((one) => one !== undefined);
  if (values.length < args.length || args.length === 0) return undefined;
  if (called.member === 'join') return joinParts(values);
  if (called.member === 'resolve') return values.reduce(imagePath, joinPath(ROOT, program.project.directory));
  const [first = ''] = values;
  return called.member === 'dirname' ? parentPath(trimSlashes(first)) || '.' : undefined;
}
