/** Whether a comment says that an image has no version on purpose, or would be wrong once it has one. */
import { attachedComments } from '../dockerfile/layout.js';
import type { Dockerfile, Range } from '../dockerfile/types.js';

/** `latest` as a word of its own, not the tag in an example of how to build or run the image. */
const NEWEST =
  /(?<![:\w/-])(?:latest|newest|most recent|up[- ]to[- ]date|bleeding[- ]edge|rolling|floating|nightly)\b/i;
const PINNING = /\b(?:un)?pin(?:ned|ning|s)?\b/i;
/** What a comment right above speaks of; in the head of a file, and with a number, it may be the file's own. */
const VERSION = /\bversions?\b(?![\s:=]+v?\d)/i;
/** Neither the terms of a license, nor what is said to a tool. */
const ASIDE = /licen[cs]e|copyright|spdx|^#\s*(?:dockmod|hadolint|check|trivy|checkov|renovate)\b/i;

/** The line of a comment above the instruction at `range`, or in the file's head, that speaks of the version of its image. */
export function remarkOnVersion(dockerfile: Dockerfile, range: Range): string | undefined {
  const { text, instructions } = dockerfile;
  const instruction = instructions.find(({ start, end }) => start <= range.start && range.end <= end);
  const textOf = ({ start, end }: Range): string => text.slice(start, end);
  const beside = instruction === undefined ? [] : attachedComments(dockerfile, instruction).map(textOf);
  const first = instructions[0]?.start ?? text.length;
  const head = dockerfile.comments.filter(({ start }) => start < first).map(textOf);
  const found =
    beside.find((one) => !ASIDE.test(one) && [NEWEST, PINNING, VERSION].some((speaks) => speaks.test(one))) ??
    head.find((one) => !ASIDE.test(one) && [NEWEST, PINNING].some((speaks) => speaks.test(one)));
  return found?.replace(/^#+\s*/, '').trim();
}
