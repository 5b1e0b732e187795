import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Checked } from './check.js';

/** What BuildKit makes of a text. */
interface Verdict {
  readonly ok: boolean;
  /** Where it gives up: its parser cuts the lines, then come the instructions, then the build's steps. */
  readonly failed_at?: 'read' | 'parse' | 'instructions' | 'llb' | 'panic';
  readonly error?: string;
  readonly image_config?: unknown;
}

/** Reads every text with the program, which prints a line of JSON for each name of a file. */
export function verdicts(program: string, texts: readonly string[]): ReadonlyMap<string, Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'dockmod-fuzz-'));
  const names = texts.map((text, index) => {
    const name = join(folder, `${index}.Dockerfile`);
    writeFileSync(name, text);
    return name;
  });
  const { stdout } = spawnSync(program, ['-llb', '-'], {
    input: names.join('\n') + '\n',
    maxBuffer: 2 ** 30,
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Verdict);
  return new Map(texts.map((text, index) => [text, rows[index] ?? { ok: false }]));
}

/** Where BuildKit sees another file than dockmod does, or another image than it promises. */
export function disagreements(checked: Checked, verdictOf: ReadonlyMap<string, Verdict>): readonly string[] {
  const { text, refused, outputs } = checked;
  const before = verdictOf.get(text);
  if (refused !== undefined) return before?.ok === true ? [`BuildKit reads it, and we refuse: ${refused}`] : [];
  return outputs.flatMap(({ variant, text: output }) => {
    if (output === text) return [];
    const after = verdictOf.get(output);
    const found = difference(before, after, variant.level === 'safe');
    return found === undefined ? [] : [`${variant.name}: ${found}`];
  });
}

function difference(before: Verdict | undefined, after: Verdict | undefined, safe: boolean): string | undefined {
  if (before?.ok !== true)
    return before?.failed_at === 'parse'
      ? `changed, although BuildKit can't read it: ${before.error ?? ''}`
      : undefined;
  if (after?.ok !== true) return `BuildKit accepts the input and refuses the output: ${after?.error ?? ''}`;
  const [left, right] = [before, after].map(({ image_config }) => JSON.stringify(image_config));
  return safe && left !== right
    ? `another configuration at the level safe: ${left ?? ''} becomes ${right ?? ''}`
    : undefined;
}
