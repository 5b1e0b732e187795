import data from '../../data/image-tags.json' with { type: 'json' };
import { parseReference } from './image-reference.js';
import type { Pin } from './types.js';

type Granularity = 'patch' | 'minor' | 'major';

/** Images whose codename tags name a release: `debian:bookworm`, `ubuntu:jammy`. */
const CODENAMED = new Set(['debian', 'ubuntu', 'buildpack-deps']);
const MOVING = /^(?:latest|stable|testing|unstable|sid|experimental|oldstable|oldoldstable|rolling|devel|rc-buggy)(?:-|$)/;

/** `testing-20260803`: a snapshot with its date. */
const SNAPSHOT = /(?:^|-)20\d{6}(?:[.-]|$)/;

const groups: Readonly<Record<string, readonly string[]>> = data.images;

/**
 * True when the tag names no version of the image, so that it moves like `latest`: `node:alpine`, `python:slim`. A tag that the
 * table does not have is taken at its word: it may be the name of an old release.
 */
export function isFloating(name: string, tag: string | undefined): boolean {
  if (tag === undefined || tag === 'latest') return true;
  if (SNAPSHOT.test(tag)) return false;
  if (MOVING.test(tag)) return true;
  if (CODENAMED.has(name) || !isListed(name, tag)) return false;
  return !/\d/.test(tag.replace(/alpine[\d.]+|ubuntu[\d.]+|debian\d+|windowsservercore\S*/g, ''));
}

function isListed(name: string, tag: string): boolean {
  return groups[name]?.some((group) => group.split(/[ |]/).includes(tag)) === true;
}

/** The tag that names the same build as a floating one, or the reason why none is known. */
export function pinTag(reference: string, granularity: Granularity): Pin | string {
  const parsed = parseReference(reference);
  if (parsed === undefined) return 'it is no image reference';
  if (!parsed.official) return 'it is not an official image, and its tags are not known here';
  const known = groups[parsed.name];
  if (known === undefined) return `it is not among the official images of ${data.date}: retired, or never one`;
  const tag = parsed.tag ?? 'latest';
  const builds = known.map((group) => group.split(/[ |]/)).filter((tags) => tags.includes(tag));
  const [build] = builds;
  if (build === undefined) return `no tag ${tag} is in the table of official images (${data.date})`;
  const best = mostSpecific(build.filter((one) => !isFloating(parsed.name, one)), granularity, tag);
  return best === undefined ? `its build has no tag with a version (${data.date})` : { tag: best, date: data.date };
}

/** Among the tags of one build: the version as fine as asked for, then the longest variant; dated snapshots last. */
function mostSpecific(tags: readonly string[], granularity: Granularity, floating: string): string | undefined {
  const wanted = { patch: 9, minor: 2, major: 1 }[granularity];
  const rank = (tag: string): readonly number[] => {
    const version = /(?:^|[a-z]-)v?(\d+(?:\.\d+)*)/.exec(tag)?.[1];
    const parts = version?.split('.').length ?? 0;
    const isDate = /\d{8}/.test(tag) ? 0 : 1;
    const fits = parts <= wanted ? parts : -parts;
    return [isDate, /^v?\d/.test(tag) ? 1 : 0, fits, keepsVariant(tag, floating) ? 1 : 0, tag.length];
  };
  return [...tags].sort((a, b) => compare(rank(b), rank(a)))[0];
}

function keepsVariant(tag: string, floating: string): boolean {
  return floating.split('-').every((part) => MOVING.test(part) || tag.includes(part));
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) if (value !== b[index]) return value - (b[index] ?? 0);
  return 0;
}
