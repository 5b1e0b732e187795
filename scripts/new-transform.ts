// Starts a transform: `npm run new-transform -- <name> --group <group>` writes what is missing of its file, its fixtures and its
// entry in the catalogue. What it writes works: it is to be replaced piece by piece.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { isTransformName } from '../src/engine/define.js';
import { templateFixtures, templateTransform } from './transform-template.js';

const INDEX = 'transforms/index.ts';
/** Read from the files, so that a catalogue which names a file that is gone can be mended, too. */
const groups = [...new Set(readdirSync('transforms', { recursive: true, encoding: 'utf8' }).flatMap(groupOf))].sort();

function groupOf(path: string): string[] {
  if (!path.endsWith('.ts')) return [];
  const [, group] = /^ {2}group: '(.*)',$/m.exec(readFileSync(join('transforms', path), 'utf8')) ?? [];
  return group === undefined ? [] : [group];
}

/** Ends the program when they are wrong. */
function readArguments(): { name: string; group: string } {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { group: { type: 'string' } } });
  const [name = '', ...rest] = positionals;
  const group = values.group ?? '';
  if (rest.length === 0 && isTransformName(name) && isTransformName(group)) return { name, group };
  console.error('usage: npm run new-transform -- <name> --group <group>');
  console.error('name: an imperative in kebab-case, named by the result: copy-instead-of-add');
  console.error(`group: ${groups.join(', ')}, or a new one in kebab-case`);
  process.exit(2);
}

/** Writes a file that is not there yet. */
async function write(path: string, text: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const options = { ...(await resolveConfig(path)), filepath: path };
  writeFileSync(path, path.endsWith('.ts') ? await format(text, options) : text);
  console.log(`wrote ${path}`);
}

/** A single word may be one that the language keeps for itself. */
function variableOf(name: string): string {
  return name.includes('-') ? name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()) : `${name}Transform`;
}

/** The catalogue with the transform as its last entry and its imports sorted. */
function withEntry(catalogue: string, name: string, file: string): string {
  const variable = variableOf(name);
  const lines = catalogue.split('\n');
  const imports = lines.filter((line) => line.startsWith('import '));
  const rest = lines.filter((line) => !line.startsWith('import ')).join('\n');
  const pathOf = (line: string): string => line.slice(line.indexOf(" from '"));
  imports.push(`import { ${variable} } from './${file.replace(/\.ts$/, '.js')}';`);
  imports.sort((one, other) => (pathOf(one) < pathOf(other) ? -1 : 1));
  return `${imports.join('\n')}\n${rest.replace(/\n\];/, `\n  ${variable},\n];`)}`;
}

const { name, group } = readArguments();
const found = [`${name}.ts`, `${name}/${name}.ts`].find((file) => existsSync(join('transforms', file)));
const file = found ?? `${name}.ts`;
if (found === undefined) {
  if (!groups.includes(group)) console.log(`The group ${group} is new; there are ${groups.join(', ')}.`);
  await write(join('transforms', file), templateTransform(name, group, variableOf(name)));
}
if (!existsSync(join('fixtures', name)))
  for (const [path, text] of Object.entries(templateFixtures)) await write(join('fixtures', name, path), text);
const catalogue = readFileSync(INDEX, 'utf8');
if (!catalogue.includes(`/${name}.js'`)) await write(INDEX, withEntry(catalogue, name, file));

console.log(`
Next (CONTRIBUTING.md tells more):
1. Write fixtures/${name}: a folder a case, most of them left alone. \`example\` is shown in the documentation.
2. Write \`find\` in transforms/${file}: conditions first, then the edits.
3. npm run fixtures -- ${name}            shows where the fixtures differ from what comes out; --update writes it
   npx vitest run test/fixtures.test.ts -t ${name}/
4. Choose its place in ${INDEX}; npx vitest run test/catalogue.test.ts tells whether it matters.
5. npm run generate`);
