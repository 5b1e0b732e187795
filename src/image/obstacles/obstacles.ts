/** What stands against a floating base image: the file asks for what today's build of it no longer has. */
import type { Stage } from '../../dockerfile/types.js';
import { goObstacle } from './go.js';
import { packageObstacle } from './packages.js';
import { sourceObstacle } from './sources.js';
import { toolObstacle } from './tools.js';
import type { Check, Ground } from './types.js';

const CHECKS: readonly Check[] = [sourceObstacle, packageObstacle, toolObstacle, goObstacle];

export interface Obstacle {
  readonly line: number;
  /** A sentence that goes on from the line: `installs python-dev, which Debian 13 (trixie) no longer has`. */
  readonly what: string;
}

/** The first command of the stages that can't work on the base image as it is today. */
export function findObstacle(ground: Ground, stages: readonly Stage[]): Obstacle | undefined {
  for (const stage of stages) {
    const state = ground.image.stages[stage.index];
    for (const step of state?.steps ?? [])
      for (const command of step.script?.commands ?? []) {
        if (state === undefined) continue;
        const place = { ...ground, state, step, command };
        for (const check of CHECKS) {
          const what = check(place);
          if (what !== undefined) return { line: step.instruction.startLine, what };
        }
      }
  }
  return undefined;
}
