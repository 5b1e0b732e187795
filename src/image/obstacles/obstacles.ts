/** What stands against a floating base image: the file asks for what today's build of it no longer has. */
import type { Stage } from '../../dockerfile/types.js';
import { demandObstacle } from './demands.js';
import { goObstacle } from './go.js';
import { packageObstacle } from './packages.js';
import { phpObstacle } from './php.js';
import { pythonObstacle } from './python.js';
import { serverObstacle } from './servers.js';
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

/** The first thing in the stages that can't work with the base image of today: `line 5 installs python-dev, which Debian 13 no longer has`. */
export function findObstacle(ground: Ground, stages: readonly Stage[]): string | undefined {
  for (const stage of stages) {
    const state = ground.image.stages[stage.index];
    const asked = demandObstacle(ground, stage) ?? serverObstacle(ground, stage);
    if (asked !== undefined) return asked;
    for (const step of state?.steps ?? []) {
      const what = state && (copiedSources(ground, step) ?? inScript({ ...ground, state, step }));
      if (what !== undefined) return `line ${step.instruction.startLine} ${what}`;
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
