import { bun } from './bun.js';
import { bundler } from './bundler.js';
import { cargo } from './cargo.js';
import { composer } from './composer.js';
import { dotnet } from './dotnet.js';
import { go } from './go.js';
import { gradle } from './gradle.js';
import { maven } from './maven.js';
import { mix } from './mix.js';
import { npm } from './npm.js';
import { pip } from './pip.js';
import { pipenv } from './pipenv.js';
import { pnpm } from './pnpm.js';
import { poetry } from './poetry.js';
import type { Ecosystem } from './types.js';
import { uv } from './uv.js';
import { yarn } from './yarn.js';

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
