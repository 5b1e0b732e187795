// Builds dist/: the command line, the worker, the library with its types, and the JSON Schema of the configuration.
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundledPackages, writeBundledPackages } from './bundled-packages.mjs';

const root = join(import.meta.dirname, '..');
process.chdir(root);
rmSync('dist', { recursive: true, force: true });

// commander and other CommonJS packages load Node's modules with `require`.
const banner =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";
/** Data files become JSON text, which V8 parses faster than an object literal. yaml gets a file of its own, loaded on first use. */
const lazyModules = {
  name: 'lazy-modules',
  setup(builder) {
    builder.onLoad({ filter: /[/\\]data[/\\].*\.json$/ }, ({ path }) => {
      const text = JSON.stringify(JSON.parse(readFileSync(path, 'utf8')));
      return { contents: `export default JSON.parse(${JSON.stringify(text)});`, loader: 'js' };
    });
    builder.onResolve({ filter: /^yaml$/ }, () => ({ path: 'yaml', namespace: 'lazy' }));
    builder.onResolve({ filter: /./, namespace: 'lazy' }, ({ path }) => ({ path, external: true }));
    builder.onLoad({ filter: /.*/, namespace: 'lazy' }, () => ({
      contents: "export const parse = (...args) => require('./yaml.cjs').parse(...args);",
      loader: 'js',
    }));
  },
};

const common = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
  legalComments: 'none',
  metafile: true,
  banner: { js: banner },
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
  splitting: true,
  plugins: [lazyModules],
  minify: true,
  chunkNames: 'chunk-[hash]',
  external: ['prettier', 'prettier-plugin-sh'],
});
const yaml = await build({
  ...common,
  entryPoints: ['yaml'],
  format: 'cjs',
  banner: {},
  outfile: 'dist/yaml.cjs',
  minify: true,
});
chmodSync('dist/cli.js', 0o755);
mkdirSync(join('node_modules', '.cache', 'dockmod'), { recursive: true });
writeBundledPackages(bundledPackages([program, yaml].flatMap(({ metafile }) => Object.keys(metafile.inputs))));

/** The schemas, from the options of the transforms: in dist/ for users, in schema/ for editors. */
async function writeSchemas() {
  const outfile = join('node_modules', '.cache', 'dockmod', 'schema.mjs');
  await build({
    ...common,
    entryPoints: ['scripts/schema.ts'],
    outfile,
    banner: {},
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
