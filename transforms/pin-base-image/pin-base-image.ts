import { replace } from '../../src/dockerfile/edit.js';
import type { Stage } from '../../src/dockerfile/types.js';
import { defineTransform } from '../../src/engine/define.js';
import { change, leaveAlone } from '../../src/engine/finding.js';
import type { Finding, Input } from '../../src/engine/types.js';
import { parseReference, withTag } from '../../src/facts/images/reference.js';
import { channelOf, hasWindowsBuilds, isFloating } from '../../src/facts/images/tags.js';
import type { Granularity, Pin } from '../../src/facts/images/types.js';
import { findObstacle } from '../../src/image/obstacles/obstacles.js';
import { isWindows } from '../../src/image/platform.js';
import { isRefusal, refuse, type Refusal } from '../../src/refusal.js';
import { argumentReferences } from './argument-references.js';
import { imageReferences, type ImageReference } from './image-references.js';

/**
 * Gives an image without a version the tag that names the same build today: `latest` is a moving target.
 *
 *     FROM node           →   FROM node:26
 *     FROM python:slim    →   FROM python:3.14-slim
 */
export const pinBaseImage = defineTransform({
  name: 'pin-base-image',
  group: 'base-image',
  summary: 'Give images without a version the tag that names the same build.',
  level: 'guarded',
  covers: ['hadolint/DL3006', 'hadolint/DL3007', 'trivy/DS-0001'],
  mayChange: ['base', 'args'],
  options: {
    granularity: {
      type: 'string',
      default: 'compatible',
      values: ['compatible', 'patch', 'minor', 'major'],
      description:
        'how fine the version is: as the project keeps it compatible (node:26, python:3.14), or 26.7.0, 26.7, 26',
    },
  },
  docs: `Replaces a tag that names no version (none, latest, alpine, slim …) by one that names the same build today, from the shipped table
of official images; the message says its date. The version is as fine as the project keeps it compatible: node:26, python:3.14. The
variant is kept. Images of FROM, COPY --from and RUN --mount=from, and the default of an ARG that is only ever one image.

Refuses: images that are not official, not in the table, past their end of life, or on which the file can't be built: packages,
programs and commands that the release no longer has, with the place and the last release that had them; tags that name a line of builds to follow (stable, edge,
sid, rolling); files for Windows; a variable without a default; an ARG that several images share, or that is used elsewhere. No finding: scratch, stages, digests, and tags that name a version.`,
  *find(input) {
    for (const reference of imageReferences(input.dockerfile)) yield* pinReference(input, reference);
    for (const reference of argumentReferences(input.dockerfile))
      if (reference.kind === 'editable') yield* pinReference(input, { ...reference, text: reference.image });
      else if (isUnpinned(reference.image)) {
        const { refusal, range } = reference;
        yield leaveAlone(refusal.code, refusal.reason, range);
      }
  },
});

/** `before` and `after` are what is around the part of the reference that the range holds. */
interface Reference extends ImageReference {
  readonly before?: string;
  readonly after?: string;
}

function* pinReference(
  input: Input<{ readonly granularity: Granularity }>,
  { text, range, stages, before = '', after = '' }: Reference,
): Generator<Finding> {
  if (!isUnpinned(text)) return;
  const pin = findPin(input, text, stages);
  if (isRefusal(pin)) {
    yield leaveAlone(pin.code, pin.reason, range);
    return;
  }
  const pinned = withTag(text, pin.tag);
  if (!pinned.startsWith(before) || !pinned.endsWith(after)) {
    yield leaveAlone('argument-shape', `${text} names no version, and only part of it is in an ARG`, range);
    return;
  }
  const written = pinned.slice(before.length, pinned.length - after.length);
  const same =
    parseReference(text)?.tag === undefined ? `the same image as ${withTag(text, 'latest')}` : 'the same image';
  yield change(`Pin ${text} to ${pinned}, ${same} on ${pin.date}`, range, [replace(range, written)]);
}

function isUnpinned(image: string): boolean {
  const parsed = parseReference(image);
  return parsed !== undefined && parsed.digest === undefined && isFloating(parsed.name, parsed.tag);
}

/** The tag with a version that the file is built with today, where it can be built with that. */
function findPin(
  { dockerfile, image, facts, options }: Input<{ readonly granularity: Granularity }>,
  text: string,
  stages: readonly Stage[],
): Pin | Refusal {
  const { name = '', tag } = parseReference(text) ?? {};
  const channel = channelOf(tag);
  if (channel !== undefined) return refuse('follows-a-channel', `${text} follows ${channel} on purpose`);
  const pin = facts.images.pin(text, options.granularity);
  if (isRefusal(pin)) return refuse(pin.code, `${text} names no version, and ${pin.reason}`);
  if (hasWindowsBuilds(name) && isWindows(dockerfile))
    return refuse('windows', `${text} names no version, and only its Linux builds are known`);
  const { build } = pin;
  if (build === undefined) return pin;
  const { release } = build;
  if (release?.ended !== undefined)
    return refuse('end-of-life', `${text} is built on ${release.title}, past its end of life since ${release.ended}`);
  const obstacle = findObstacle({ image, context: facts.context, name, build }, stages);
  if (obstacle === undefined) return pin;
  const today = `${text} is ${withTag(text, pin.tag)} today (${pin.date})`;
  return refuse(
    'does-not-build',
    `${today}, on which this file can't be built: line ${obstacle.line} ${obstacle.what}`,
  );
}
