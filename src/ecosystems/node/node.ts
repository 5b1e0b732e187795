import type { Ecosystem } from '../project/types.js';
import { bun } from './bun.js';
import { corepack } from './corepack.js';
import { NODE_MODULES, PACKAGE_JSON } from './manifest.js';
import { npm } from './npm.js';
import { pnpm } from './pnpm.js';
import { yarn } from './yarn.js';

export const node: Ecosystem = {
  manifests: [PACKAGE_JSON],
  settings: ['.yarn', '.babelrc', 'nodemon.json', 'ormconfig.*', 'tsconfig*'],
  stems: ['package', 'tsconfig'],
  tools: /\b(?:npm|yarn|pnpm|bun|npx|node)\b/,
  outputs: [{ folder: NODE_MODULES, filledBy: 'installs', nested: true }],
  managers: [npm, yarn, pnpm, bun, corepack],
};
