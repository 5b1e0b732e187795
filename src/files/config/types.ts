import type { TransformSetting } from '../../engine/select.js';
import type { Level } from '../../engine/types.js';

/** What holds for all files, or for those of an override. */
export interface Choice {
  readonly level?: Level | undefined;
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  readonly transforms?: Readonly<Record<string, TransformSetting>> | undefined;
}

export interface Override extends Choice {
  readonly files: readonly string[];
}

/** A configuration as written. */
export interface ConfigInput extends Choice {
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly plugins?: readonly string[] | undefined;
  readonly overrides?: readonly Override[] | undefined;
}
