// Starts a transform: `npm run new-transform -- <group>/<name>` writes the file, a first fixture and the line in the catalogue.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const [group, name] = (process.argv[2] ?? '').split('/');
const groups = readdirSync(join(root, 'transforms'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

if (!groups.includes(group) || !/^[a-z]+(-[a-z]+)*$/.test(name ?? '')) {
  console.error(`usage: npm run new-transform -- <group>/<name>\ngroups: ${groups.join(', ')}; the name is kebab-case`);
  process.exit(2);
}
const file = join(root, 'transforms', group, `${name}.ts`);
if (existsSync(file)) {
  console.error(`${file} exists already`);
  process.exit(2);
}
const variable = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
writeFileSync(
  file,
  `import { defineTransform } from '../../src/engine/define.js';
import { leaveAlone } from '../../src/engine/finding.js';

/**
 * Says what it does in one sentence, and what it refuses.
 *
 *     FROM before   →   FROM after
 */
export const ${variable} = defineTransform({
  name: '${name}',
  group: '${group}',
  summary: 'Say in one imperative sentence what it does.',
  level: 'safe',
  covers: [],
  mayChange: [],
  docs: 'What it does, what it refuses, before and after: shown by \`dockmod explain ${name}\`.',
  *find({ dockerfile }) {
    for (const instruction of dockerfile.instructions) {
      if (instruction.keyword !== 'STOPSIGNAL') continue;
      yield leaveAlone('not-written-yet', 'this transform does nothing yet', instruction);
    }
  },
});
`,
);
const fixture = join(root, 'fixtures', name, 'says-what-the-case-is-about');
mkdirSync(fixture, { recursive: true });
writeFileSync(join(fixture, 'before.Dockerfile'), 'FROM alpine:3.24\nSTOPSIGNAL SIGQUIT\n');
writeFileSync(join(fixture, 'left-alone.txt'), 'this transform does nothing yet\n');
const index = join(root, 'transforms', 'index.ts');
const catalogue = readFileSync(index, 'utf8')
  .replace(/^/, `import { ${variable} } from './${group}/${name}.js';\n`)
  .replace(/\n\];/, `\n  ${variable},\n];`);
writeFileSync(index, catalogue);
console.log(`transforms/${group}/${name}.ts\nfixtures/${name}/\nNext: npx vitest run test/fixtures.test.ts -t ${name}`);
