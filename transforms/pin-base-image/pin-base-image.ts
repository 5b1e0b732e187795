import { replace } from '../../src/dockerfile/edit.js';
import { defineTransform } from '../../src/engine/define.js';
import { change, leaveAlone } from '../../src/engine/finding.js';
import type { Finding, Input } from '../../src/engine/types.js';
import { parseReference, withTag } from '../../src/facts/images/reference.js';
import { channelOf, hasWindowsBuilds, isFloating } from '../../src/facts/images/tags.js';
import type { Granularity, Pin } from '../../src/facts/images/types.js';
import { updateBot } from '../../src/facts/repository/update-bots.js';
import { reasonToFloat } from '../../src/image/obstacles/floating.js';
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
    updateBots: {
      type: 'boolean',
      default: true,
      description:
        'patch versions, not compatible ones, where Renovate or Dependabot of the repository looks after Docker',
    },
  },
  docs: `Replaces a tag that names no version (none, latest, alpine, slim …) by one that names the same build today, from the shipped table
of official images; the message says its date. The version is as fine as the project keeps it compatible: node:26, python:3.14; where
Renovate or Dependabot keeps the tags of the repository up to date, as fine as there is. The variant is kept. Images of FROM, COPY
--from and RUN --mount=from, and the default of an ARG that is only ever one image; one that is named several times gets its version
everywhere or nowhere. Dependabot looks into the folders that its configuration names.

Refuses: images that are not official, not in the table, past their end of life, or with which the file can't work: packages,
programs and commands that the release no longer has, versions that the project asks for, with the place and the last release that had them; tags that name a line of
builds to follow (stable, edge, sid, rolling); a comment above FROM or in the head of the file that speaks of the latest version or of
pinning; a name that the repository's own scripts, compose or bake file build; files for Windows; a variable without a default; an ARG
that several images share, or that is used elsewhere. No finding: scratch, stages, digests, and tags that name a version.`,
  *find(input) {
    const { editable, fixed } = argumentReferences(input.dockerfile);
    const references = [...imageReferences(input.dockerfile), ...editable];
    for (const reference of references) yield* pinReference(input, reference, references);
    for (const { image, refusal, range } of fixed)
      if (isUnpinned(image)) yield leaveAlone(refusal.code, refusal.reason, range);
  },
});

type Options = Input<{ readonly granularity: Granularity; readonly updateBots: boolean }>;

function* pinReference(
  input: Options,
  { text, range, before = '', after = '' }: ImageReference,
  all: readonly ImageReference[],
): Generator<Finding> {
  if (!isUnpinned(text)) return;
  const pin = findPin(input, text, all);
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

/** The tag with a version that the file is built with today, where every use of the image can have it. */
function findPin(input: Options, text: string, all: readonly ImageReference[]): Pin | Refusal {
  const { dockerfile, image, facts } = input;
  const { name = '', tag } = parseReference(text) ?? {};
  const channel = channelOf(tag);
  if (channel !== undefined) return refuse('follows-a-channel', `${text} follows ${channel} on purpose`);
  const pin = facts.images.pin(text, granularityOf(input));
  if (isRefusal(pin)) return refuse(pin.code, `${text} names no version, and ${pin.reason}`);
  if (hasWindowsBuilds(name) && isWindows(dockerfile))
    return refuse('windows', `${text} names no version, and only its Linux builds are known`);
  const uses = all.filter((one) => one.text === text);
  const ranges = uses.map(({ range }) => range);
  const stages = uses.flatMap((one) => one.stages);
  return reasonToFloat(text, pin, { dockerfile, image, facts, ranges, stages }) ?? pin;
}

/** A bot that follows the versions wants all of them to be written. */
function granularityOf({ facts, options: { granularity, updateBots } }: Options): Granularity {
  const bot =
    granularity === 'compatible' && updateBots && facts.repository && updateBot(facts.repository, facts.folder);
  return bot === undefined || bot === false ? granularity : 'patch';
}
