import { bun } from './node/bun.js';
import { bundler } from './bundler.js';
import { cargo } from './cargo.js';
import { composer } from './composer.js';
import { dotnet } from './dotnet.js';
import { go } from './go.js';
import { gradle } from './gradle.js';
import { maven } from './maven.js';
import { mix } from './mix.js';
import { npm } from './node/npm.js';
import { pip } from './python/pip.js';
import { pipenv } from './python/pipenv.js';
import { pnpm } from './node/pnpm.js';
import { poetry } from './python/poetry.js';
import type { Ecosystem } from './types.js';
import { uv } from './python/uv.js';
import { yarn } from './node/yarn.js';

/** Package managers whose installs are understood. Where two read one program, the first that knows the command counts. */
export const ecosystems: readonly Ecosystem[] = [
  npm,
  yarn,
  pnpm,
  bun,
  pip,
  uv,
  poetry,
  pipenv,
  go,
  bundler,
  composer,
  cargo,
  maven,
  gradle,
  dotnet,
  mix,
];
