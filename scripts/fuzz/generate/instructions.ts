import { one, type Kind, type Scene, type Written } from './scene.js';
import {
  arg,
  command,
  entrypoint,
  env,
  expose,
  healthcheck,
  label,
  maintainer,
  shell,
  stopsignal,
  user,
  volume,
  workdir,
} from './settings.js';
import { add, copy, run } from './steps.js';
import { BASES, PLATFORMS } from './vocabulary.js';

export function from(scene: Scene, name: string | undefined): Written {
  const { random, stages } = scene;
  const outside = scene.hasBase && random.chance(30) ? random.pick(['$BASE', '${BASE}']) : random.pick(BASES);
  const base = stages.length > 0 && random.chance(40) ? random.pick(stages) : outside;
  const platform = random.chance(12) ? `--platform=${random.pick(PLATFORMS)} ` : '';
  return one(
    'FROM',
    `${platform}${base}${name === undefined ? '' : ` ${random.pick(['AS', 'AS', 'as', 'As'])} ${name}`}`,
  );
}

function onbuild(scene: Scene): Written {
  const { keyword, rest, bodies } = scene.random.pick([run, copy, add, env, user, workdir, command, label])({
    ...scene,
    heredocs: scene.heredocs && scene.random.chance(20),
  });
  return one('ONBUILD', `${keyword} ${rest}`, bodies);
}

/** Each with how often it comes; what transforms look at comes more often. */
const KINDS: readonly (readonly [number, Kind])[] = [
  [40, run],
  [14, copy],
  [8, add],
  [6, workdir],
  [5, env],
  [4, arg],
  [4, user],
  [4, command],
  [2, entrypoint],
  [2, expose],
  [2, label],
  [2, healthcheck],
  [2, onbuild],
  [3, shell],
  [2, volume],
  [1, stopsignal],
  [1, maintainer],
];
const DRAWN = KINDS.flatMap(([weight, kind]) => Array.from({ length: weight }, () => kind));

/** Any instruction but FROM. */
export function instruction(scene: Scene): Written {
  return scene.random.pick(DRAWN)(scene);
}
