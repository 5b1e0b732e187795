import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../', import.meta.url);
const { LAYERS } = (await import(new URL('eslint.config.js', ROOT).href)) as { readonly LAYERS: readonly string[] };

/** By path: the files, folders or layers that one imports. */
type Graph = ReadonlyMap<string, ReadonlySet<string>>;

const sources = ['src', 'transforms'].flatMap((folder) =>
  readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
);

/** Sources that a file imports: types, re-exports and `import()` count, too. */
function importsOf(file: string): ReadonlySet<string> {
  const { importedFiles } = ts.preProcessFile(readFileSync(new URL(file, ROOT), 'utf8'));
  const paths = importedFiles.map(({ fileName }) => posix.join(posix.dirname(file), fileName).replace(/\.js$/, '.ts'));
  return new Set(paths.filter((path) => sources.includes(path)));
}

const imports: Graph = new Map(sources.map((file) => [file, importsOf(file)]));
const edges = [...imports].flatMap(([file, targets]) => [...targets].map((target) => [file, target] as const));

/** The graph of groups of files, without what a group imports from itself. */
function graphOf(groupOf: (file: string) => string): Graph {
  const graph = new Map<string, Set<string>>(sources.map((file) => [groupOf(file), new Set()]));
  for (const [from, to] of edges) if (groupOf(from) !== groupOf(to)) graph.get(groupOf(from))?.add(groupOf(to));
  return graph;
}

/** The imports that are part of a cycle: `a -> b` where b also leads to a. */
function cyclicImports(graph: Graph): readonly string[] {
  const leadsTo = new Map([...graph.keys()].map((node) => [node, reachable(graph, node)]));
  return [...graph].flatMap(([from, targets]) =>
    [...targets].filter((to) => leadsTo.get(to)?.has(from)).map((to) => `${from} -> ${to}`),
  );
}

function reachable(graph: Graph, start: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [start];
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (const next of graph.get(node) ?? []) {
      if (!found.has(next)) open.push(next);
      found.add(next);
    }
  return found;
}

/** Files directly in `src` are the lowest and the highest layer, so each is a folder of its own. */
const folderOf = (file: string): string => (posix.dirname(file) === 'src' ? file : posix.dirname(file));

/** Height of the layer of a file: the files in `src` are below all folders, except for index.ts, which is above. */
function heightOf(file: string): number {
  if (file === 'src/index.ts') return LAYERS.length;
  const [top = '', folder = ''] = file.split('/');
  return LAYERS.indexOf(top === 'transforms' ? top : folder);
}

/** The transform that a file belongs to; undefined outside of transforms, and for the catalogue. */
function transformOf(file: string): string | undefined {
  return file === 'transforms/index.ts' ? undefined : /^transforms\/([^/]+?)(?:\.ts|\/)/.exec(file)?.[1];
}

const shown = ([from, to]: readonly [string, string]): string => `${from} -> ${to}`;

describe('source files', () => {
  it('import each other without a cycle', () => {
    expect(cyclicImports(imports)).toEqual([]);
  });

  it('are in folders that import each other without a cycle', () => {
    expect(cyclicImports(graphOf(folderOf))).toEqual([]);
  });

  it('import from their own layer and those below', () => {
    expect(edges.filter(([from, to]) => heightOf(to) > heightOf(from)).map(shown)).toEqual([]);
  });

  it('are in the folder of a layer', () => {
    const folders = sources.filter((file) => file.split('/').length > 2 && file.startsWith('src/'));
    expect(folders.filter((file) => heightOf(file) === -1)).toEqual([]);
  });

  it('that are the entry of a transform are read in one sitting', () => {
    const entries = sources.filter((file) => posix.basename(file, '.ts') === transformOf(file));
    const lengths = entries.map((file) => ({
      file,
      lines: readFileSync(new URL(file, ROOT), 'utf8').split('\n').length - 1,
    }));
    expect(entries.length).toBeGreaterThan(5);
    expect(lengths.filter(({ lines }) => lines > 150)).toEqual([]);
  });

  it('of a transform import no other transform', () => {
    const between = edges.filter(([from, to]) => transformOf(from) !== undefined && transformOf(to) !== undefined);
    expect(between.filter(([from, to]) => transformOf(from) !== transformOf(to)).map(shown)).toEqual([]);
  });
});
