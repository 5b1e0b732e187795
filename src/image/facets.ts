/** The parts of an image in which a change may be declared (`Transform.mayChange`). */
export const FACETS = [
  'base', // FROM and --from image references
  'env',
  'args',
  'user',
  'workdir',
  'shell',
  'entrypoint',
  'cmd',
  'expose',
  'labels',
  'volumes',
  'healthcheck',
  'stopsignal',
  'onbuild',
  'commands', // what RUN executes, beyond cache cleanup and cache flags
  'caches', // package cache cleanup commands and flags
  'files', // COPY and ADD: sources, destinations, flags
  'order', // the order of steps against each other
  'stages', // number, names and parents of stages
] as const;

export type Facet = (typeof FACETS)[number];
