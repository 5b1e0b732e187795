import { LEVELS, type Level } from '../../src/engine/levels.js';
import type { TransformSetting } from '../../src/index.js';

type Settings = Readonly<Record<string, TransformSetting>>;

/** What a run can be asked for. */
export interface Variant {
  readonly name: string;
  readonly level: Level;
  readonly settings: Settings;
}

/** By name, from the least that is touched to the most. */
const SCOPES: Readonly<Record<string, Settings>> = {
  related: {},
  'final stage': {
    'merge-run': { scope: 'final-stage', 'max-commands': 6 },
    'run-as-non-root': { style: 'id' },
    'pin-base-image': { granularity: 'patch' },
  },
  all: {
    'merge-run': { scope: 'all' },
    'remove-package-caches': { stages: 'all' },
    'pin-base-image': { granularity: 'major' },
  },
};

/** Every level in every scope. */
export const VARIANTS: readonly Variant[] = LEVELS.flatMap((level) =>
  Object.entries(SCOPES).map(([scope, settings]) => ({ name: `${level}, ${scope}`, level, settings })),
);
