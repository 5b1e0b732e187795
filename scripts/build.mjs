// Builds dist/: the command line, the worker, the library with its types, and the JSON Schema of the configuration.
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, transform } from 'esbuild';
import { bundledPackages, writeBundledPackages } from './bundled-packages.mjs';

const root = join(import.meta.dirname, '..');
process.chdir(root);
rmSync('dist', { recursive: true, force: true });

/** Packages in files of their own, each loaded when its function is first called: most files ask for none of them. */
const LAZY = { yaml: 'parse', acorn: 'parse', '@rgrove/parse-xml': 'parseXml' };
const fileOf = (name) => `${name.replace(/^.*\//, '')}.cjs`;

/** Data files become JSON text, which V8 parses faster than an object literal. */
const lazyModules = {
  name: 'lazy-modules',
  setup(builder) {
    builder.onLoad({ filter: /[/\\]data[/\\].*\.json$/ }, ({ path }) => {
      const text = JSON.stringify(JSON.parse(readFileSync(path, 'utf8')));
      return { contents: `export default JSON.parse(${JSON.stringify(text)});`, loader: 'js' };
    });
    builder.onResolve({ filter: /^[\w@]/ }, ({ path }) =>
      Object.hasOwn(LAZY, path) ? { path, namespace: 'lazy' } : undefined,
    );
    builder.onResolve({ filter: /./, namespace: 'lazy' }, ({ path }) => ({ path, external: true }));
    builder.onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({
      contents: `export const ${LAZY[path]} = (...args) => require('./${fileOf(path)}').${LAZY[path]}(...args);`,
      loader: 'js',
    }));
  },
};

/** Short lines, so that code and data are apart; and maps to the sources, for the stacks of crashes. */
const READABLE = { lineLimit: 200, sourcesContent: false };

/**
 * A chunk as CommonJS: it loads in less time, and V8's compiled code can be kept (src/cli/compiled-code.ts). The bundler divides only
 * modules of ECMAScript into chunks, so each is turned round afterwards. An `import()` of a chunk becomes a `require`, one of a plug-in
 * stays.
 */
async function asCommonJs(text) {
  const { code, map } = await transform(
    text.replace(/\bimport\(("(?:\.\/chunk-\w+\.js|node:\w+)")\)/g, 'Promise.resolve().then(()=>require($1))'),
    {
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      minify: true,
      define: { 'import.meta.url': '__url' },
      ...READABLE,
      sourcemap: 'external',
    },
  );
  const withUrl = code.includes('__url')
    ? code.replace(/^(?:#!.*\n)?(?:"use strict";)?/, '$&var __url=require("node:url").pathToFileURL(__filename).href;')
    : code;
  return { code: withUrl, map };
}

const isChunk = (path) => basename(path).startsWith('chunk-');

/** The bundler's exports are two getters each, called at every use from another chunk. No variable that is exported changes. */
const PLAIN_EXPORTS = ';module.exports={...module.exports};\n';

/** What campaigns are made with: its map would be larger than its code, and no stack of ours is read in it. */
function isLibrary(map) {
  return JSON.parse(map).sources.filter((source) => source.includes('node_modules')).length > 100;
}

const common = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
  legalComments: 'none',
  metafile: true,
};
const program = await build({
  ...common,
  entryPoints: {
    cli: 'src/cli/bin.ts',
    worker: 'src/files/worker.ts',
    'format-process': 'src/files/format-process.ts',
    index: 'src/index.ts',
  },
  outdir: 'dist',
  write: false,
  splitting: true,
  plugins: [lazyModules],
  minify: true,
  ...READABLE,
  sourcemap: 'inline',
  chunkNames: 'chunk-[hash]',
  external: ['prettier', 'prettier-plugin-sh'],
});
mkdirSync('dist');
for (const { path, text } of program.outputFiles) {
  const { code, map } = await asCommonJs(text);
  writeFileSync(path, isChunk(path) ? code + PLAIN_EXPORTS : code);
  if (!isLibrary(map)) writeFileSync(`${path}.map`, map);
}
writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');
const lazy = await Promise.all(
  Object.keys(LAZY).map((name) =>
    build({
      ...common,
      entryPoints: [name],
      format: 'cjs',
      outfile: join('dist', fileOf(name)),
      minify: true,
    }),
  ),
);
chmodSync('dist/cli.js', 0o755);
mkdirSync(join('node_modules', '.cache', 'dockmod'), { recursive: true });
writeBundledPackages(bundledPackages([program, ...lazy].flatMap(({ metafile }) => Object.keys(metafile.inputs))));

/** The schemas, from the options of the transforms: in dist/ for users, in schema/ for editors. */
async function writeSchemas() {
  const outfile = join('node_modules', '.cache', 'dockmod', 'schema.mjs');
  await build({
    ...common,
    entryPoints: ['scripts/schema.ts'],
    outfile,
    packages: 'external',
  });
  const { schemaTexts } = await import(pathToFileURL(outfile));
  mkdirSync('schema', { recursive: true });
  for (const [name, text] of Object.entries(await schemaTexts())) {
    writeFileSync(join('dist', name), text);
    if (read(join('schema', name)) !== text) writeFileSync(join('schema', name), text);
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

await writeSchemas();
/** One file that names no other package: an install brings none. */
async function writeTypes() {
  const { generateDtsBundle } = await import('dts-bundle-generator');
  const [types] = generateDtsBundle(
    [{ filePath: 'src/index.ts', output: { noBanner: true, exportReferencedTypes: false } }],
    {
      preferredConfigPath: 'tsconfig.build.json',
    },
  );
  writeFileSync('dist/index.d.ts', types);
}
if (!process.argv.includes('--no-types')) await writeTypes();
