/** Why a floating tag stays as it is, though a tag with a version names the same build. */
import type { Dockerfile, Range, Stage } from '../../dockerfile/types.js';
import { parseReference, withTag } from '../../facts/images/reference.js';
import type { Pin } from '../../facts/images/types.js';
import { buildsImage } from '../../facts/repository/built-images.js';
import type { Facts } from '../../facts/types.js';
import { followed } from '../../text-test.js';
import { refuse, type Refusal } from '../../refusal.js';
import { remarkOnVersion } from '../chosen-version.js';
import type { ImageState } from '../types.js';
import { findObstacle } from './obstacles.js';

interface Uses {
  readonly dockerfile: Dockerfile;
  readonly image: ImageState;
  readonly facts: Facts;
  /** Where the image is named. */
  readonly ranges: readonly Range[];
  /** What is built on it. */
  readonly stages: readonly Stage[];
}

/** Somebody means it to float, it is no image of the registry, or today's build of it is past its end or can't build the file. */
export function reasonToFloat(
  text: string,
  pin: Pin,
  { dockerfile, image, facts, ...uses }: Uses,
): Refusal | undefined {
  const { name = '' } = parseReference(text) ?? {};
  const { context, repository } = facts;
  const remark = uses.ranges.map((range) => remarkOnVersion(dockerfile, range)).find((one) => one !== undefined);
  if (remark !== undefined)
    return refuse('chosen', `${text} names no version, and a comment speaks of that: "${shorten(remark)}"`);
  const builder = repository && buildsImage(repository, name);
  if (builder !== undefined) return refuse('built-here', `${builder} builds or names an image ${name} itself`);
  if (pin.build === undefined) return undefined;
  const { release } = pin.build;
  if (release?.ended !== undefined)
    return refuse('end-of-life', `${text} is built on ${release.title}, past its end of life since ${release.ended}`);
  if (name === 'rust' && uses.stages.some((stage) => takesNightly(image, stage)))
    return refuse('chosen', `${text} names no version, and what is built on it takes the nightly tool chain anyway`);
  const obstacle = findObstacle({ image, context, repository, name, build: pin.build }, uses.stages);
  if (obstacle === undefined) return undefined;
  const today = `${text} is ${withTag(text, pin.tag)} today (${pin.date})`;
  return refuse('does-not-work', `${today}, and this file can't work with that: ${obstacle}`);
}

const NIGHTLY = followed(/\brustup\b/, /\bnightly\b/, /[;&|]/);

function takesNightly({ stages }: ImageState, { index }: Stage): boolean {
  const steps = stages[index]?.steps ?? [];
  return steps.some(({ script }) => NIGHTLY.test(script?.text ?? ''));
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
