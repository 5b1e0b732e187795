import data from '../../../data/image-tags.json' with { type: 'json' };
import retired from '../../../data/retired-image-tags.json' with { type: 'json' };
import { parseReference } from './reference.js';
import type { Granularity, Pin } from './types.js';
import { refuse, type Refusal } from '../../refusal.js';

/** The groups of tags of an image, and the date of the table. */
interface Tags {
  readonly groups: readonly string[];
  readonly date: string;
}

const current: Readonly<Record<string, readonly string[]>> = data.images;
const ended: Readonly<Record<string, { readonly groups: readonly string[]; readonly ended: string }>> = retired.images;

function tagsOf(name: string): Tags | undefined {
  const groups = Object.hasOwn(current, name) ? current[name] : undefined;
  if (groups !== undefined) return { groups, date: data.date };
  const last = Object.hasOwn(ended, name) ? ended[name] : undefined;
  return last && { groups: last.groups, date: last.ended };
}

/** Images whose tags name a release by a word: `debian:bookworm`, `ros:humble`; and such words of `node`. */
const NAMED_RELEASES = new Set(['debian', 'ubuntu', 'buildpack-deps', 'ros', 'traefik']);
const NODE_RELEASES =
  /^(?:lts-)?(?:argon|boron|carbon|dubnium|erbium|fermium|gallium|hydrogen|iron|jod|krypton)(?:-|$)/;
/** Words of tags that move from build to build, in any image. */
const MOVING =
  /^(?:latest|stable|testing|unstable|sid|experimental|oldstable|oldoldstable|rolling|devel|rc-buggy)(?:-|$)/;
/** `testing-20260803`: a snapshot with its date. */
const SNAPSHOT = /(?:^|-)20\d{6}(?:[.-]|$)/;
/** Versions of a distribution or runtime, not of the image itself. */
const DISTRIBUTION_VERSION = /(?:alpine|ubuntu|debian|oraclelinux|amazonlinux|ubi|al)\d[\d.]*/g;
const RUNTIME_VERSION = /(?:java|jdk|jre|openj|php|python|scala_?)\d[\d.]*/g;
const CODENAME =
  /(?:^|-)(?:bullseye|bookworm|trixie|forky|focal|jammy|noble|resolute|oraclelinux\d+|al2023|alpine\d[\d.]*)(?=-|$)/;

/**
 * True when the tag names no version of the image, so that it moves like `latest`: `node:alpine`, `python:slim`. A tag that the
 * table does not have is floating only when it starts with a word that always moves: the library no longer builds it, or it is the
 * name of a release.
 */
export function isFloating(name: string, tag: string | undefined): boolean {
  if (tag === undefined || tag === 'latest') return true;
  if (SNAPSHOT.test(tag)) return false;
  if (MOVING.test(tag)) return true;
  if (NAMED_RELEASES.has(name) || (name === 'node' && NODE_RELEASES.test(tag))) return false;
  return buildOf(name, tag) !== undefined && !/\d/.test(tag.replace(DISTRIBUTION_VERSION, ''));
}

/** True when `latest` may be another build on Windows than on Linux. */
export function hasWindowsBuilds(name: string): boolean {
  return data.windows.includes(name);
}

/** A tag with a version that names the same build as a floating one, or why none is known. */
export function pinTag(reference: string, granularity: Granularity): Pin | Refusal {
  const parsed = parseReference(reference);
  if (parsed === undefined) return refuse('no-reference', 'it is no image reference');
  const { name, tag = 'latest', official } = parsed;
  if (!official) return refuse('not-official', 'it is not an official image: its tags are not known here');
  const tags = tagsOf(name);
  if (tags === undefined) return unlisted(`it is not among the official images of ${data.date}: retired, or never one`);
  const build = buildOf(name, tag);
  if (build === undefined) return unlisted(`no tag ${tag} is among the official images of ${tags.date}`);
  const best = mostSpecific(
    build.filter((one) => namesVersion(name, one)),
    granularity,
    tag,
  );
  return best === undefined
    ? unlisted(`its build has no tag with a version (${tags.date})`)
    : { tag: best, date: tags.date };
}

function unlisted(reason: string): Refusal {
  return refuse('not-in-table', reason);
}

/** `full-java8` has a version of Java only, so it still moves with the image. */
function namesVersion(name: string, tag: string): boolean {
  if (isFloating(name, tag)) return false;
  const rest = tag.replace(DISTRIBUTION_VERSION, '').replace(RUNTIME_VERSION, '');
  return NAMED_RELEASES.has(name) || /\d/.test(rest);
}

const builds = new Map<string, ReadonlyMap<string, readonly string[]>>();

/** All tags of the Linux build that a tag belongs to. */
function buildOf(name: string, tag: string): readonly string[] | undefined {
  let known = builds.get(name);
  if (known === undefined) {
    const { groups = [] } = tagsOf(name) ?? {};
    known = new Map(groups.map((group) => group.split(/[ |]/)).flatMap((tags) => tags.map((one) => [one, tags])));
    builds.set(name, known);
  }
  return known.get(tag);
}

/**
 * The best of the tags of one build. In order of weight: no date, the words of the floating tag, a version of the image, as fine as
 * the granularity allows, versions of distribution and runtime, and then the shortest tag.
 */
function mostSpecific(tags: readonly string[], granularity: Granularity, floating: string): string | undefined {
  const wanted = { patch: 9, minor: 2, major: 1 }[granularity];
  const rank = (tag: string): readonly number[] => {
    const [, version] = /(?:^|[a-z]-)v?(\d+(?:[.u]\d+)*)/.exec(tag) ?? [];
    const parts = version?.split(/[.u]/).length ?? 0;
    return [
      /(?:^|-)\d{8}/.test(tag) ? 0 : 1,
      keptWords(tag, floating),
      /^v?\d/.test(tag) ? 1 : 0,
      parts <= wanted ? parts : -parts,
      countNumbers(tag),
      -tag.length,
    ];
  };
  return [...tags].sort((a, b) => compare(rank(b), rank(a)))[0];
}

function keptWords(tag: string, floating: string): number {
  return floating.split('-').filter((word) => !MOVING.test(word) && tag.includes(word)).length;
}

/** Counts the versions in a tag; the codename of a distribution counts as one. */
function countNumbers(tag: string): number {
  const numbers = tag.replace(CODENAME, '').match(/\d+/g) ?? [];
  return numbers.length + (CODENAME.test(tag) ? 1 : 0);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) if (value !== b[index]) return value - (b[index] ?? 0);
  return 0;
}
