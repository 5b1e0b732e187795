import { buildTools } from './build-tools.js';
import { bundler } from './bundler.js';
import { cargo } from './cargo.js';
import { composer } from './composer.js';
import { dotnet } from './dotnet.js';
import { go } from './go.js';
import { gradle } from './gradle.js';
import { maven } from './maven.js';
import { mix } from './mix.js';
import { node } from './node/node.js';
import { python } from './python/python.js';
import type { Ecosystem } from './project/types.js';

/** All that is known of projects and their package managers. The entries of a written ignore file have this order. */
export const ecosystems: readonly Ecosystem[] = [
  node,
  python,
  go,
  maven,
  cargo,
  gradle,
  dotnet,
  composer,
  bundler,
  mix,
  ...buildTools,
];
