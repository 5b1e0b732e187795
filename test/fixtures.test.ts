import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fix } from '../src/engine/fix.js';
import type { OptionValue, Result } from '../src/engine/types.js';
import { memoryContext } from '../src/facts/context/context.js';
import { shippedImages } from '../src/facts/images/shipped.js';
import { overlayContext } from '../src/facts/context/overlay.js';
import type { BuildContext } from '../src/facts/context/types.js';
import { transforms } from '../transforms/index.js';

const ROOT = join(import.meta.dirname, '../fixtures');
const images = shippedImages();

interface Case {
  readonly transform: string;
  readonly folder: string;
}

function cases(): Case[] {
  const folders = (path: string): string[] =>
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  return folders(ROOT).flatMap((transform) =>
    folders(join(ROOT, transform)).map((name) => ({ transform, folder: join(ROOT, transform, name) })),
  );
}

function read(folder: string, name: string): string | undefined {
  const path = join(folder, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function contextOf(folder: string): BuildContext | undefined {
  const root = join(folder, 'context');
  if (!existsSync(root)) return undefined;
  const files: Record<string, Uint8Array> = {};
  for (const entry of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    const path = join(root, entry);
    if (statSync(path).isFile()) files[relative(root, path).replaceAll('\\', '/')] = readFileSync(path);
  }
  return memoryContext(files, { dockerfile: 'Dockerfile', origin: 'the fixture' });
}

function run({ transform, folder }: Case, text: string, context: BuildContext | undefined): Result {
  const options = JSON.parse(read(folder, 'options.json') ?? '{}') as Record<string, OptionValue>;
  const facts = { context, noContext: 'there is no build context here', images };
  return fix(text, {
    transforms: transforms.filter(({ name }) => name === transform),
    facts,
    options: { [transform]: options },
  });
}

describe.each(cases().map((one) => ({ ...one, title: relative(ROOT, one.folder) })))('$title', (one) => {
  const before = read(one.folder, 'before.Dockerfile') ?? '';
  const context = contextOf(one.folder);
  const result = run(one, before, context);

  it('comes out byte for byte', () => {
    const leftAlone = read(one.folder, 'left-alone.txt');
    const after = read(one.folder, 'after.Dockerfile');
    expect(transforms.map(({ name }) => name)).toContain(one.transform);
    expect(leftAlone ?? after ?? read(one.folder, 'after.dockerignore')).toBeDefined();
    expect(result.problems).toEqual([]);
    expect(result.after).toBe(after ?? before);
    if (leftAlone !== undefined)
      expect(result.leftAlone.map(({ reason }) => reason).join('\n')).toBe(leftAlone.trimEnd());
    expect(result.contextEdits[0]?.after).toBe(read(one.folder, 'after.dockerignore'));
  });

  it('is settled', () => {
    const again = run(one, result.after, context && overlayContext(context, result.contextEdits));
    expect(again.after).toBe(result.after);
    expect(again.contextEdits).toEqual([]);
  });
});
