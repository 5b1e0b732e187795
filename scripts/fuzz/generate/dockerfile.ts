import { randomSource } from '../random.js';
import { from, instruction } from './instructions.js';
import type { Scene, Written } from './scene.js';
import { arg } from './settings.js';
import { between, encoded, head, laidOut, newStyle } from './layout.js';

const STAGE_NAMES = ['build', 'base', 'Deps', 'final', 'test-1', 'a.b'];

/** A Dockerfile that follows from the seed: most of them can be built, some can't. */
export function generateDockerfile(seed: number): string {
  const random = randomSource(seed);
  const style = newStyle(random);
  const hasBase = random.chance(20);
  const scene: Scene = { random, stages: [], hasBase, heredocs: random.chance(70) };
  const parts = [head(random, style)];
  const add = (written: Written): void => {
    parts.push(between(random, style), laidOut(random, style, written));
  };
  if (hasBase) add({ keyword: 'ARG', rest: random.pick(['BASE=debian', 'BASE="node:20"']), bodies: [] });
  while (random.chance(20)) add(arg(scene));
  for (let stages = random.pick([1, 1, 1, 2, 2, 3]); stages > 0; stages--) {
    const name = random.chance(stages === 1 ? 25 : 80) ? random.pick(STAGE_NAMES) : undefined;
    add(from(scene, name));
    for (let count = 1 + random.below(8); count > 0; count--) add(instruction(scene));
    if (name !== undefined) scene.stages.push(name);
  }
  parts.push(between(random, style));
  return encoded(random, parts.join(''));
}
