// The page of a transform in docs/transforms/: from its description and its fixtures.
import { createTwoFilesPatch } from 'diff';
import type { OptionSpec } from '../src/engine/options.js';
import type { Transform } from '../src/engine/types.js';
import type { Fixture } from '../test/support/fixtures.js';

/** Said by the engine of any transform, not by the transform. */
const CODES_OF_THE_ENGINE = new Set(['ignored']);

export function transformPage(transform: Transform, fixtures: readonly Fixture[], example: Fixture): string {
  const { name, level, group, covers, mayChange, summary, docs, options = {} } = transform;
  return [
    `<!-- Written by \`npm run generate\`, from the transform and its fixtures. -->\n\n# ${name}`,
    summary,
    [
      `- level: [${level}](../../README.md#levels)`,
      `- group: ${group}`,
      `- covers: ${covers.join(', ') || 'no finding of other tools'}`,
      `- may change in the image: ${mayChange.join(', ') || 'nothing'}`,
    ].join('\n'),
    docs.trim(),
    `## Example\n\n${exampleText(example)}`,
    ...optionsTable(Object.entries(options)),
    ...refusalsTable(fixtures),
  ].join('\n\n');
}

function exampleText({ before, contextFiles, expected }: Fixture): string {
  const { after, dockerignore, changes, leftAlone } = expected;
  const files = contextFiles.map((path) => `\`${path}\``).join(', ');
  const said = [...changes, ...leftAlone.map((line) => line.replace(/^(\d+) [^:]+/, '$1'))];
  return [
    ...(files === '' ? [] : [`With ${files} in the build context:`]),
    after === before ? `\`\`\`dockerfile\n${before}\`\`\`` : diffBlock(before, after),
    ...(dockerignore === undefined ? [] : [`\`.dockerignore\`:\n\n${diffBlock('', dockerignore)}`]),
    said.map((line) => `- line ${line}`).join('\n'),
  ].join('\n\n');
}

/** The whole texts as one hunk, without headers. */
function diffBlock(before: string, after: string): string {
  const patch = createTwoFilesPatch('', '', before, after, '', '', { context: Infinity });
  const hunk = patch.slice(patch.indexOf('@@'));
  return `\`\`\`diff\n${hunk.slice(hunk.indexOf('\n') + 1)}\`\`\``;
}

function optionsTable(options: readonly (readonly [string, OptionSpec])[]): string[] {
  if (options.length === 0) return [];
  const rows = options.map(([name, { type, values = [type], default: preset, description }]) =>
    row([
      `\`${name}\``,
      values.map((value) => `\`${value}\``).join(', '),
      `\`${JSON.stringify(preset)}\``,
      description,
    ]),
  );
  return [
    `## Options\n\n${[row(['option', 'values', 'default', 'what it does']), row(['-', '-', '-', '-']), ...rows].join('\n')}`,
  ];
}

/** Every code for which there is a fixture, with one reason of it. */
function refusalsTable(fixtures: readonly Fixture[]): string[] {
  const reasons = new Map<string, string>();
  for (const line of fixtures.flatMap(({ expected }) => expected.leftAlone)) {
    const [, code = '', reason = ''] = /^\d+ ([^:]+): (.*)$/.exec(line) ?? [];
    if (!reasons.has(code) && !CODES_OF_THE_ENGINE.has(code)) reasons.set(code, reason);
  }
  if (reasons.size === 0) return [];
  const rows = [...reasons].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, reason]) => row([`\`${code}\``, reason]));
  return [`## Left alone\n\n${[row(['code', 'for example']), row(['-', '-']), ...rows].join('\n')}`];
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
