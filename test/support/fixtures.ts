// The fixtures of the transforms: what a folder `fixtures/<transform>/<case>/` holds, and how it is run.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fix } from '../../src/engine/fix.js';
import type { OptionValue } from '../../src/engine/options.js';
import type { Applied, Result, Transform } from '../../src/engine/types.js';
import { memoryContext } from '../../src/facts/context/memory.js';
import { overlayContext } from '../../src/facts/context/overlay.js';
import type { BuildContext } from '../../src/facts/context/types.js';
import { shippedImages } from '../../src/facts/images/shipped.js';
import { transforms } from '../../transforms/index.js';

const ROOT = 'fixtures';
const images = shippedImages();

export interface Fixture {
  /** `<transform>/<case>` */
  readonly title: string;
  readonly transform: string;
  readonly name: string;
  readonly folder: string;
  readonly before: string;
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly context: BuildContext | undefined;
  /** Paths in the context, sorted; none without one. */
  readonly contextFiles: readonly string[];
  readonly expected: Outcome;
  /** Why there is nothing to find; undefined where there is something. */
  readonly nothingFound: string | undefined;
}

/** What comes out: by the files of a fixture, or in truth. */
export interface Outcome {
  readonly after: string;
  /** The text of the ignore file that the transform wrote. */
  readonly dockerignore: string | undefined;
  /** `LINE: MESSAGE` of every change, in the order of the result; `LINE LEVEL: MESSAGE` where its transform has another level. */
  readonly changes: readonly string[];
  /** `LINE CODE: REASON` of every place left alone. */
  readonly leftAlone: readonly string[];
}

/** The files that say what comes out; the first two only where something is written. */
export const FILES = {
  after: 'after.Dockerfile',
  dockerignore: 'after.dockerignore',
  changes: 'changes.txt',
  leftAlone: 'left-alone.txt',
} as const;

export function readFixtures(): readonly Fixture[] {
  return foldersIn(ROOT).flatMap((transform) =>
    foldersIn(join(ROOT, transform)).map((name) => readFixture(transform, name)),
  );
}

function foldersIn(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function readFixture(transform: string, name: string): Fixture {
  const folder = join(ROOT, transform, name);
  const before = readFileSync(join(folder, 'before.Dockerfile'), 'utf8');
  return {
    title: `${transform}/${name}`,
    transform,
    name,
    folder,
    before,
    options: JSON.parse(readText(folder, 'options.json') ?? '{}') as Record<string, OptionValue>,
    ...contextOf(join(folder, 'context')),
    expected: {
      after: readText(folder, FILES.after) ?? before,
      dockerignore: readText(folder, FILES.dockerignore),
      changes: readLines(folder, FILES.changes),
      leftAlone: readLines(folder, FILES.leftAlone),
    },
    nothingFound: readText(folder, 'nothing-found.txt'),
  };
}

function readText(folder: string, file: string): string | undefined {
  const path = join(folder, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function readLines(folder: string, file: string): string[] {
  return (readText(folder, file) ?? '').split('\n').filter((line) => line !== '');
}

function contextOf(root: string): Pick<Fixture, 'context' | 'contextFiles'> {
  if (!existsSync(root)) return { context: undefined, contextFiles: [] };
  // git can't hold a folder of this name.
  const files: Record<string, Uint8Array | string> = { '.git/': '' };
  const executables = new Set<string>();
  for (const entry of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    const path = join(root, entry);
    const status = statSync(path);
    if (!status.isFile()) continue;
    const name = relative(root, path).replaceAll('\\', '/');
    files[name] = readFileSync(path);
    if ((status.mode & 0o111) !== 0) executables.add(name);
  }
  const context = memoryContext(files, { dockerfile: 'Dockerfile', origin: 'the fixture' }, executables);
  return {
    context,
    contextFiles: Object.keys(files)
      .filter((name) => name !== '.git/')
      .sort(),
  };
}

/** Takes the fixture's text, or another form of it, through its own transform or those given. */
export function runFixture(fixture: Fixture, text = fixture.before, chosen = ownTransform(fixture)): Result {
  return run(fixture, text, chosen, fixture.context);
}

/** The same once more over what came out. */
export function runAgain(fixture: Fixture, { after, contextEdits }: Result, chosen = ownTransform(fixture)): Result {
  return run(fixture, after, chosen, fixture.context && overlayContext(fixture.context, contextEdits));
}

function run(
  { transform, options }: Fixture,
  text: string,
  chosen: readonly Transform[],
  context: BuildContext | undefined,
): Result {
  // The build context is the whole repository.
  const facts = { context, repository: context, noContext: 'there is no build context here', images };
  return fix(text, { transforms: chosen, facts, options: { [transform]: options }, level: 'unsafe' });
}

function ownTransform({ transform }: Fixture): readonly Transform[] {
  return transforms.filter(({ name }) => name === transform);
}

export function outcomeOf({ after, contextEdits, changes, leftAlone }: Result): Outcome {
  return {
    after,
    dockerignore: contextEdits[0]?.after,
    changes: changes.map((change) => `${change.line}${ownLevel(change)}: ${change.message}`),
    leftAlone: leftAlone.map(({ line, code, reason }) => `${line} ${code}: ${reason}`),
  };
}

function ownLevel({ transform, level }: Applied): string {
  return transforms.some((one) => one.name === transform && one.level === level) ? '' : ` ${level}`;
}
