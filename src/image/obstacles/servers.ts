import type { Stage } from '../../dockerfile/types.js';
import { buildFiles } from '../../facts/repository/build-files.js';
import type { StageState } from '../types.js';
import { isFrom } from './versions.js';
import type { Ground } from './types.js';

/** Where PostgreSQL kept its data before 18; since then its image does not start when it finds a volume there. */
const OLD_DATA = '/var/lib/postgresql/data';
const OLD_MOUNT = /:\s*["']?\/var\/lib\/postgresql\/data\/?(?:["':\s]|$)/m;

/** What a server of today does not start with. */
export function serverObstacle(ground: Ground, stage: Stage): string | undefined {
  const state = ground.image.stages[stage.index];
  if (state === undefined) return undefined;
  if (ground.name === 'postgres' && isFrom(ground.build.version, 18)) return oldData(ground, state);
  return ground.name === 'mysql' && isFrom(ground.build.version, 8, 4) ? oldPlugin(ground, state) : undefined;
}

/** docker-library/postgres#1259 */
function oldData({ build, repository }: Ground, { config }: StageState): string | undefined {
  if (config.env.has('PGDATA')) return undefined;
  const refused = `which PostgreSQL ${build.version ?? ''} does not start with`;
  if (config.volumes.includes(OLD_DATA)) return `it has a VOLUME ${OLD_DATA}, ${refused}`;
  const file =
    repository && buildFiles(repository).find(({ text }) => OLD_MOUNT.test(text) && !text.includes('PGDATA'));
  return file && `${file.path} mounts ${OLD_DATA}, ${refused}`;
}

/** The option was removed in 8.4. */
function oldPlugin({ build }: Ground, { config }: StageState): string | undefined {
  const words = [...(config.entrypoint?.argv ?? []), ...(config.cmd?.argv ?? [])].join(' ');
  const option = /--default[-_]authentication[-_]plugin/.exec(words)?.[0];
  return option && `it starts MySQL with ${option}, which ${build.version ?? ''} does not know`;
}
