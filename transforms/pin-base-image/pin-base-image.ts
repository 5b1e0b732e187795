import { replace } from '../../src/dockerfile/edit.js';
import type { Range } from '../../src/dockerfile/types.js';
import { defineTransform } from '../../src/engine/define.js';
import { change, leaveAlone } from '../../src/engine/finding.js';
import type { Finding, Input } from '../../src/engine/types.js';
import type { Granularity } from '../../src/facts/images/types.js';
import { parseReference, withTag } from '../../src/facts/images/reference.js';
import { channelOf, hasWindowsBuilds, isFloating } from '../../src/facts/images/tags.js';
import { isWindows } from '../../src/image/platform.js';
import { argumentReferences } from './argument-references.js';
import { imageReferences } from './image-references.js';
import { isRefusal } from '../../src/refusal.js';

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

Refuses: images that are not official, not in the table, or no longer built; tags that name a line of builds to follow (stable, edge,
sid, rolling); files for Windows; a variable without a default; an ARG that several images share, or that is used elsewhere. No finding: scratch, stages, digests, and tags that name a version.`,
  *find(input) {
    for (const { text, range } of imageReferences(input.dockerfile)) yield* pinReference(input, text, range);
    for (const reference of argumentReferences(input.dockerfile))
      if (reference.kind === 'editable') {
        yield* pinReference(input, reference.image, reference.range, reference);
      } else if (isUnpinned(reference.image)) {
        const { refusal, range } = reference;
        yield leaveAlone(refusal.code, refusal.reason, range);
      }
  },
});

/** `around` is what is around the part of the reference that the range holds. */
function* pinReference(
  { dockerfile, facts, options }: Input<{ readonly granularity: Granularity }>,
  text: string,
  range: Range,
  around: { readonly before: string; readonly after: string } = { before: '', after: '' },
): Generator<Finding> {
  const parsed = parseReference(text);
  if (parsed === undefined || !isUnpinned(text)) return;
  const channel = channelOf(parsed.tag);
  if (channel !== undefined) {
    yield leaveAlone('follows-a-channel', `${text} follows ${channel} on purpose`, range);
    return;
  }
  const pin = facts.images.pin(text, options.granularity);
  if (isRefusal(pin)) {
    yield leaveAlone(pin.code, `${text} names no version, and ${pin.reason}`, range);
    return;
  }
  if (hasWindowsBuilds(parsed.name) && isWindows(dockerfile)) {
    yield leaveAlone('windows', `${text} names no version, and only its Linux builds are known`, range);
    return;
  }
  const pinned = withTag(text, pin.tag);
  const { before, after } = around;
  if (!pinned.startsWith(before) || !pinned.endsWith(after)) {
    yield leaveAlone('argument-shape', `${text} names no version, and only part of it is in an ARG`, range);
    return;
  }
  const written = pinned.slice(before.length, pinned.length - after.length);
  const same = parsed.tag === undefined ? `the same image as ${withTag(text, 'latest')}` : 'the same image';
  yield change(`Pin ${text} to ${pinned}, ${same} on ${pin.date}`, range, [replace(range, written)]);
}

function isUnpinned(image: string): boolean {
  const parsed = parseReference(image);
  return parsed !== undefined && parsed.digest === undefined && isFloating(parsed.name, parsed.tag);
}
