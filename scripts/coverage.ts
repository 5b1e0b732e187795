// Counts what the transforms find in a folder of Dockerfiles: how many places are changed, and how many are left alone, by
// reason. `npm run coverage -- DIR`. Nothing is written. The second part counts some findings by rules of its own, before and
// after, so that a place which a transform overlooks counts as missed.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseDockerfile } from '../src/dockerfile/parse.js';
import { shippedStages } from '../src/dockerfile/stages.js';
import type { Dockerfile, Instruction, Stage } from '../src/dockerfile/types.js';
import { fix } from '../src/engine/fix.js';
import type { OptionValue } from '../src/engine/options.js';
import type { Result } from '../src/engine/types.js';
import { wantedManifests } from '../src/ecosystems/project-files.js';
import { findContext } from '../src/facts/context/find.js';
import { shippedImages } from '../src/facts/images/shipped.js';
import { isRefusal } from '../src/refusal.js';
import { transforms } from '../transforms/index.js';

const root = resolve(process.argv[2] ?? 'samples');
const images = shippedImages();

interface Tally {
  changed: number;
  readonly reasons: Map<string, number>;
}

const tallies = new Map<string, Tally>(transforms.map(({ name }) => [name, { changed: 0, reasons: new Map() }]));

function add(tally: Tally | undefined, code?: string): void {
  if (tally === undefined) return;
  if (code === undefined) tally.changed++;
  else tally.reasons.set(code, (tally.reasons.get(code) ?? 0) + 1);
}

const share = (part: number, whole: number): string =>
  whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)} %`;

const OWN_COUNTS: Record<string, (dockerfile: Dockerfile) => number> = {
  'official images without a version': (dockerfile) => dockerfile.stages.filter(isFloating).length,
  'ADD that could be COPY': (dockerfile) => dockerfile.instructions.filter(couldBeCopy).length,
  'RUNs that leave apt lists in what ships': (dockerfile) =>
    shippedStages(dockerfile).flatMap((stage) => stage.instructions.filter(leavesAptLists)).length,
};

/** Official images that are no longer maintained: the table of tags does not have them. */
const RETIRED = new Set(['centos', 'java', 'openjdk', 'iojs']);

function isFloating(stage: Stage): boolean {
  const image = stage.from.image.replace(/^docker\.io\//, '').replace(/^library\//, '');
  if (stage.parent !== undefined || image === 'scratch' || /[/$@]/.test(image)) return false;
  const [name = '', tag = 'latest'] = image.split(':');
  return tag === 'latest' && (RETIRED.has(name) || !isRefusal(images.pin(name, 'patch')));
}

function couldBeCopy(instruction: Instruction): boolean {
  if (instruction.keyword !== 'ADD' || instruction.heredocs.length > 0) return false;
  const sources = (instruction.json ?? instruction.words.map(({ text }) => text)).slice(0, -1);
  const remote = /^(?:https?|ftp|git|ssh):|^git@|\.git(?:[#?].*)?$/;
  const archive = /\.(?:tar|t?gz|tgz|t?bz2?|t?xz|zst|Z|lzma)(?:[.?*]|$)/;
  return sources.every((source) => !remote.test(source) && !archive.test(source));
}

function leavesAptLists(instruction: Instruction): boolean {
  const { keyword, body, heredocs, flags } = instruction;
  if (keyword !== 'RUN' || heredocs.length > 0 || flags.some(({ value }) => value?.includes('/var/lib/apt')))
    return false;
  return /\bapt(?:-get)?\b[^&|;]*\supdate\b/.test(body.text) && !body.text.includes('/var/lib/apt/lists');
}

/** Pairs of neighbouring RUNs in the final stage. */
function adjacentRuns(dockerfile: Dockerfile): number {
  const { instructions = [] } = dockerfile.stages.at(-1) ?? {};
  return instructions.filter(({ keyword }, at) => keyword === 'RUN' && instructions[at - 1]?.keyword === 'RUN').length;
}

/** Reasons of run-as-non-root for images without an application, with an unknown base image, or that run as root on purpose. */
const NO_APPLICATION = new Set(
  (
    'not-an-application command-line-tool development-image development-server sources-mounted onbuild windows ' +
    'base-image-unknown drops-privileges-itself needs-root root-on-purpose'
  ).split(' '),
);

function printApplications({ changed, reasons }: Tally): void {
  const left = [...reasons].reduce((sum, [code, times]) => sum + (NO_APPLICATION.has(code) ? 0 : times), 0);
  console.log(
    `application images that run as root: ${changed + left} before, ${left} after (${share(changed, changed + left)} given a USER)`,
  );
}

const own = new Map<string, [before: number, after: number]>();
const count = (name: string, before: number, after: number): void => {
  const [b, a] = own.get(name) ?? [0, 0];
  own.set(name, [b + before, a + after]);
};

const paths = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter(
    (path) =>
      /^(?:docker|container)file|\.(?:docker|container)file$/i.test(basename(path)) &&
      !/ignore$/i.test(path) &&
      statSync(join(root, path)).isFile(),
  )
  .sort();
let unread = 0;
for (const path of paths) {
  const text = readFileSync(join(root, path), 'utf8');
  let dockerfile: Dockerfile;
  try {
    dockerfile = parseDockerfile(text);
  } catch {
    unread++;
    continue;
  }
  const found = findContext(join(root, path), dockerfile, { root, wantedManifests });
  const facts = isRefusal(found)
    ? { context: undefined, noContext: found.reason, images }
    : { context: found.context, images };
  const run = (options: Record<string, Record<string, OptionValue>> = {}): Result =>
    fix(text, { transforms, facts, options, level: 'unsafe' });
  const result = run();
  for (const { transform } of result.changes) add(tallies.get(transform));
  for (const { transform, code } of result.leftAlone) add(tallies.get(transform), code);
  const after = parseDockerfile(result.after);
  for (const [name, counted] of Object.entries(OWN_COUNTS)) count(name, counted(dockerfile), counted(after));
  const wide = parseDockerfile(run({ 'merge-run': { scope: 'final-stage' } }).after);
  count('adjacent RUNs in final stages (scope: final-stage)', adjacentRuns(dockerfile), adjacentRuns(wide));
}

console.log(`${paths.length} Dockerfiles, ${unread} not readable as one\n\nBy the transforms' own findings`);
for (const [name, { changed, reasons }] of tallies) {
  const left = [...reasons.values()].reduce((sum, one) => sum + one, 0);
  console.log(`${name}: ${changed} of ${changed + left} changed (${share(changed, changed + left)})`);
  for (const [code, times] of [...reasons].sort((a, b) => b[1] - a[1]))
    console.log(`  ${String(times).padStart(5)}  ${share(times, changed + left).padStart(7)}  ${code}`);
}
console.log('\nCounted by rules of its own, before and after');
for (const [name, [before, after]] of own)
  console.log(`${name}: ${before} before, ${after} after (${share(before - after, before)} gone)`);
printApplications(tallies.get('run-as-non-root') ?? { changed: 0, reasons: new Map() });
