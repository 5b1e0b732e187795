/** The public API: what a custom transform or another program imports. */
import { transforms as catalogue } from '../transforms/index.js';
import { defineTransform } from './engine/define.js';
import { fix as fixText } from './engine/fix.js';
import { optionsOf, selectTransforms, type TransformSetting } from './engine/select.js';
import type { Level } from './engine/levels.js';
import type { Result, Transform } from './engine/types.js';
import { shippedImages } from './facts/images/shipped.js';
import type { BuildContext } from './facts/context/types.js';
import type { ImageFacts } from './facts/images/types.js';

export interface FixOptions {
  /** Changes up to this level are made; `guarded` unless given. */
  readonly level?: Level | undefined;
  /** These transforms alone, whatever their level; what a change needs beyond that, `level` has to give. */
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  /** By name: off, on whatever the level, or options. */
  readonly settings?: Readonly<Record<string, TransformSetting>> | undefined;
  /** Transforms of your own, which run after the shipped ones. */
  readonly custom?: readonly Transform[] | undefined;
  /** What is known of the build context: `diskContext` or `memoryContext`. */
  readonly context?: BuildContext | undefined;
  readonly images?: ImageFacts | undefined;
}

/**
 * Fixes the text of a Dockerfile. Pure and synchronous: it reads no file, and the same arguments give the same result.
 * @throws UnknownTransformError when `only`, `skip` or `settings` names a transform that does not exist
 * @throws TypeError when a custom transform is none (`defineTransform`), or a setting is no option of its transform
 */
export function fix(text: string, options: FixOptions = {}): Result {
  const { custom = [], context, images = shippedImages(), level } = options;
  const known = [...catalogue, ...custom.map(defineTransform)];
  return fixText(text, {
    transforms: selectTransforms(known, options),
    known,
    level,
    options: optionsOf(options),
    facts: {
      context,
      repository: context,
      noContext: context === undefined ? 'no build context was given' : undefined,
      images,
    },
  });
}

export { catalogue as transforms };
export { fixFile, fixTree } from './files/tree.js';
export { UsageError } from './files/config/usage-error.js';
export type { RunOptions } from './files/config/types.js';
export { UnknownTransformError, type TransformSetting } from './engine/select.js';
export { defineTransform };
export { change, leaveAlone } from './engine/finding.js';
export { diskContext } from './facts/context/disk.js';
export { memoryContext } from './facts/context/memory.js';
export { shippedImages } from './facts/images/shipped.js';
export { parseDockerfile } from './dockerfile/parse.js';
export { replace } from './dockerfile/edit.js';
export { removeFlag, replaceKeyword, setFlag } from './edits/instruction-words.js';
export { insertAfter, insertBefore, removeInstruction } from './edits/instructions.js';
export { newInstruction, newRun } from './edits/new-instruction.js';
export { unifiedDiff } from './report/diff.js';
export { isRefusal, refuse, type Refusal } from './refusal.js';
export type { Level } from './engine/levels.js';
export type { OptionSpec, OptionSpecs, OptionsOf, OptionValue } from './engine/options.js';
export type * from './engine/types.js';
export type * from './dockerfile/types.js';
export type * from './facts/types.js';
export type * from './facts/context/types.js';
export type * from './facts/images/types.js';
export type * from './facts/repository/types.js';
export type * from './image/types.js';
export type * from './report/types.js';
