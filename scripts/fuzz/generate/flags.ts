import type { Scene } from './scene.js';
import { USERS } from './vocabulary.js';

/** Flags in an order of their own, each in some of the cases. */
export function flags({ random }: Scene, percent: number, ...makers: readonly (() => string)[]): string {
  const chosen = makers.filter(() => random.chance(percent)).map((make) => `${make()} `);
  return (random.chance(50) ? chosen : chosen.reverse()).join('');
}

export function mount({ random, stages }: Scene): string {
  const source = stages.length > 0 ? random.pick(stages) : 'alpine';
  return `--mount=${random.pick([
    'type=cache,target=/root/.npm',
    'type=cache,target=/var/cache/apt,sharing=locked',
    'type=cache,id=x,target=/root/.cache,uid=1000,gid=1000,mode=0755',
    'type=bind,target=/src',
    'type=bind,target=build',
    'type=bind,source=package.json,target=package.json',
    `type=bind,from=${source},source=/x,target=/x,rw`,
    'type=tmpfs,target=/tmp/x',
    'type=tmpfs,size=64m,target=/t',
    'type=secret,id=npmrc,target=/root/.npmrc',
    'type=secret,id=token,env=TOKEN,required=true',
    'type=ssh',
    'type=ssh,id=default,required=false',
    'target=/x',
    'type=cache,target=/c/$A',
    '"type=cache,target=/q"',
  ])}`;
}

export function copyFlags(scene: Scene): string {
  const { random, stages } = scene;
  return flags(
    scene,
    12,
    () => `--from=${random.pick([...stages, 'alpine', 'nginx:1.25', 'unknown'])}`,
    () => `--chown=${random.pick(USERS)}`,
    () => `--chmod=${random.pick(['755', '0644', 'u=rwX,go=rX', '$MODE'])}`,
    () => random.pick(['--link', '--link=false', '--link=true']),
    () => '--parents',
    () => `--exclude=${random.pick(['*.md', '**/node_modules', '"a b"'])}`,
  );
}

export function addFlags(scene: Scene): string {
  const { random } = scene;
  return flags(
    scene,
    12,
    () => `--chown=${random.pick(USERS)}`,
    () => `--chmod=${random.pick(['755', '0644'])}`,
    () => '--link',
    () => random.pick(['--keep-git-dir', '--keep-git-dir=true']),
    () => random.pick(['--unpack', '--unpack=false']),
    () => '--exclude=*.tmp',
  );
}
