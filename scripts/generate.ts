// Writes what is generated from the catalogue and the fixtures: the table in the README, a page for each transform in
// docs/transforms/, and the examples of `dockmod explain`. CI fails when one of them is stale.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unifiedDiff } from '../src/report/diff.js';
import { format, resolveConfig } from 'prettier';
import { readFixtures, type Fixture } from '../test/support/fixtures.js';
import { transforms } from '../transforms/index.js';
import { transformPage } from './transform-page.js';

const PAGES = 'docs/transforms';

function readmeText(): string {
  const rows = transforms.map(({ name, level, covers, summary }) => {
    const findings = covers.map((finding) => finding.replace('/', ' ')).join(', ');
    return `| [\`${name}\`](${PAGES}/${name}.md) | ${level} | ${summary} | ${findings} |`;
  });
  const table = ['| transform | level | what it does | covers |', '| --- | --- | --- | --- |', ...rows].join('\n');
  const [head, rest] = readFileSync('README.md', 'utf8').split('<!-- catalogue -->');
  const tail = rest?.split('<!-- /catalogue -->')[1];
  if (head === undefined || tail === undefined) throw new Error('README.md: the catalogue markers are missing');
  return `${head}<!-- catalogue -->\n\n${table}\n\n<!-- /catalogue -->${tail}`;
}

async function write(path: string, text: string): Promise<void> {
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
}

const fixtures = readFixtures();

/** @throws Error when there is none */
function exampleOf(name: string): Fixture {
  const example = fixtures.find(({ title }) => title === `${name}/example`);
  if (example === undefined) throw new Error(`fixtures/${name}/example is missing`);
  return example;
}

function exampleDiff({ before, expected }: Fixture): string {
  const ignoreFile =
    expected.dockerignore === undefined ? '' : unifiedDiff('.dockerignore', undefined, expected.dockerignore);
  return unifiedDiff('Dockerfile', before, expected.after) + ignoreFile;
}

rmSync(PAGES, { recursive: true, force: true });
mkdirSync(PAGES, { recursive: true });
for (const transform of transforms) {
  const own = fixtures.filter((fixture) => fixture.transform === transform.name);
  await write(join(PAGES, `${transform.name}.md`), transformPage(transform, own, exampleOf(transform.name)));
}
await write('README.md', readmeText());
const diffs = Object.fromEntries(transforms.map(({ name }) => [name, exampleDiff(exampleOf(name))]));
await write('data/examples.json', JSON.stringify(diffs));
