/** What stands against a floating base image: the file asks for what today's build of it no longer has. */
import type { Stage } from '../../dockerfile/types.js';
import { demandObstacle } from './demands.js';
import { goObstacle } from './go.js';
import { packageObstacle } from './packages.js';
import { phpObstacle } from './php.js';
import { pythonObstacle } from './python.js';
import { copiedSources, sourceObstacle } from './sources.js';
import { toolObstacle } from './tools.js';
import type { Check, Ground, Place } from './types.js';

const CHECKS: readonly Check[] = [
  sourceObstacle,
  packageObstacle,
  toolObstacle,
  pythonObstacle,
  phpObstacle,
  goObstacle,
];

export interface Obstacle {
  readonly line: number;
  /** A sentence that goes on from the line: `installs python-dev, which Debian 13 (trixie) no longer has`. */
  readonly what: string;
}

/** The first command of the stages that can't work on the base image as it is today. */
export function findObstacle(ground: Ground, stages: readonly Stage[]): Obstacle | undefined {
  for (const stage of stages) {
    const state = ground.image.stages[stage.index];
    const demanded = demandObstacle(ground, stage);
    if (demanded !== undefined) return { line: lineOf(stage), what: demanded };
    for (const step of state?.steps ?? []) {
      const what = state && (copiedSources(ground, step) ?? inScript({ ...ground, state, step }));
      if (what !== undefined) return { line: step.instruction.startLine, what };
    }
  }
  return undefined;
}

function inScript(at: Omit<Place, 'command'>): string | undefined {
  for (const command of at.step.script?.commands ?? [])
    for (const check of CHECKS) {
      const what = check({ ...at, command });
      if (what !== undefined) return what;
    }
  return undefined;
}

function lineOf({ instructions: [from] }: Stage): number {
  return from?.startLine ?? 1;
}
