import data from '../../../data/image-tags.json' with { type: 'json' };
import retired from '../../../data/retired-image-tags.json' with { type: 'json' };
import releases from '../../../data/releases.json' with { type: 'json' };
import { parseReference } from './reference.js';
import { bestTag } from './tag-choice.js';
import { DISTRIBUTION_VERSION, MOVING, RUNTIME_VERSION } from './tag-words.js';
import { releaseOfTags } from './releases.js';
import type { Build, Granularity, Pin } from './types.js';
import { refuse, type Refusal } from '../../refusal.js';

/** The groups of tags of an image, and the date of the table. */
interface Tags {
  readonly groups: readonly string[];
  readonly date: string;
}

/** An image that is no longer built: its tags do not move any more. */
interface Ended {
  readonly groups: readonly string[];
  /** When the library dropped the tags, and when the last release got its last fixes. */
  readonly ended: string;
  readonly endOfLife: string;
  readonly successors: string;
}

const current: Readonly<Record<string, readonly string[]>> = data.images;
const ended: Readonly<Record<string, Ended>> = retired.images;

const moves: Readonly<Record<string, Readonly<Record<string, string>>>> = releases.moved;

function tagsOf(name: string): Tags | undefined {
  const groups = Object.hasOwn(current, name) ? current[name] : undefined;
  if (groups !== undefined) return { groups, date: data.date };
  const last = endOf(name);
  return last && { groups: last.groups, date: last.ended };
}

function endOf(name: string): Ended | undefined {
  return Object.hasOwn(ended, name) ? ended[name] : undefined;
}

/** Images whose tags name a release by a word: `debian:bookworm`, `ros:humble`; and such words of `node`. */
const NAMED_RELEASES = new Set(['debian', 'ubuntu', 'buildpack-deps', 'ros', 'traefik']);
const NODE_RELEASES =
  /^(?:lts-)?(?:argon|boron|carbon|dubnium|erbium|fermium|gallium|hydrogen|iron|jod|krypton)(?:-|$)/;
/** `testing-20260803`: a snapshot with its date. */
const SNAPSHOT = /(?:^|-)20\d{6}(?:[.-]|$)/;
/** Words that name a line of builds which somebody means to follow; `latest` and a variant alone are what is left when nothing was chosen. */
const CHANNEL =
  /^(?:stable|testing|unstable|sid|experimental|oldstable|oldoldstable|rolling|devel|develop|dev|edge|nightly|tip|rc|rc-buggy|beta|mainline|innovation|rawhide|cauldron|sisyphus)(?:-|$)/;

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

/** The line of builds that a floating tag names to be followed: `edge`, `sid` of `sid-slim`, `stable`. */
export function channelOf(tag: string | undefined): string | undefined {
  return CHANNEL.exec(tag ?? '')?.[0].replace(/-$/, '');
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
  if (tags === undefined)
    return unlisted(
      `it is not among the official images of ${data.date}: built locally, a named build context, or retired`,
    );
  const build = buildOf(name, tag);
  if (build === undefined) return unlisted(`no tag ${tag} is among the official images of ${tags.date}`);
  const moved = movedOn(name, tag);
  if (moved !== undefined && moved > tags.date)
    return refuse(
      'moved',
      `it names another release since ${moved}, later than the tags that are known (${tags.date})`,
    );
  const versions = build.filter((one) => namesVersion(name, one));
  const best = bestTag(versions, name, granularity, tag);
  if (best === undefined) return unlisted(`its build has no tag with a version (${tags.date})`);
  const end = endOf(name);
  if (end !== undefined)
    return refuse(
      'end-of-life',
      `it is ${name}:${best}, past its end of life since ${end.endOfLife}: ${end.successors}`,
    );
  if (granularity === 'compatible' && SNAPSHOT.test(best))
    return refuse(
      'rolling-release',
      `it is rebuilt all the time: each version is the snapshot of a day, such as ${best}`,
    );
  return { tag: best, date: tags.date, build: describeBuild(name, build) };
}

/** The day on which the tag, or what it begins with, came to name another release: ISO date. */
function movedOn(name: string, tag: string): string | undefined {
  const days: Readonly<Record<string, string>> | undefined = Object.hasOwn(moves, name) ? moves[name] : undefined;
  const [word = ''] = tag.split('-');
  return days !== undefined && Object.hasOwn(days, word) ? days[word] : undefined;
}

function describeBuild(name: string, tags: readonly string[]): Build {
  const versions = tags.flatMap((tag) => /^v?(\d+(?:\.\d+)*)/.exec(tag)?.[1] ?? []);
  const [version] = [...versions].sort((a, b) => b.length - a.length);
  return { version, release: releaseOfTags(name, tags) };
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
