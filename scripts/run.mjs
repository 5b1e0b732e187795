// Runs a TypeScript script of this folder: `node scripts/run.mjs coverage.ts ARG…`. Node 20 can't run TypeScript itself.
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const [, , script, ...args] = process.argv;
const outfile = join('node_modules', '.cache', 'dockmod', basename(script).replace(/\.ts$/, '.mjs'));
mkdirSync(join('node_modules', '.cache', 'dockmod'), { recursive: true });
await build({
  entryPoints: [join(import.meta.dirname, script)],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
});
process.argv = [process.argv[0], script, ...args];
await import(pathToFileURL(outfile));
