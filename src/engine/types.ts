import type { Dockerfile, Edit, Range } from '../dockerfile/types.js';
import type { ContextEdit } from '../facts/context/types.js';
import type { Facts } from '../facts/types.js';
import type { Facet, ImageState } from '../image/types.js';
import type { Refusal } from '../refusal.js';
import type { Level } from './levels.js';
import type { OptionsOf, OptionSpecs, OptionValue } from './options.js';

export interface Change {
  readonly kind: 'change';
  /** A verb phrase for a person: "Merge 3 RUN instructions: update, install and cleanup belong together". */
  readonly message: string;
  /** Where a report points to. */
  readonly range: Range;
  readonly edits: readonly Edit[];
  readonly contextEdits?: readonly ContextEdit[];
  /** Its transform's, unless this place needs a higher one. A lower one breaks the contract. */
  readonly level?: Level | undefined;
  /** Of the findings that its transform covers, those that it answers here; all of them unless given. */
  readonly covers?: readonly string[] | undefined;
}

/** A place where the transform's finding exists and nothing is done. */
export interface LeftAlone extends Pick<Refusal, 'code' | 'reason'> {
  readonly kind: 'left-alone';
  readonly range: Range;
}

export type Finding = Change | LeftAlone;

/** What a transform reads. The document and image state are fresh: no other transform's half-applied edits are in them. */
export interface Input<O = Readonly<Record<string, OptionValue>>> {
  readonly dockerfile: Dockerfile;
  readonly image: ImageState;
  readonly facts: Facts;
  readonly options: O;
}

/** With options of its own, `defineTransform` finds their types in their descriptions. */
export interface Transform<S extends OptionSpecs = OptionSpecs> {
  /** kebab-case imperative; the file, the fixture folder and the word on the command line. */
  readonly name: string;
  readonly group: string;
  /** One sentence in the imperative. */
  readonly summary: string;
  /** The lowest of its changes. */
  readonly level: Level;
  /** Findings of other tools that it answers: `hadolint/DL3020`, `buildkit/MaintainerDeprecated`, `trivy/DS-0002`. */
  readonly covers: readonly string[];
  /** Facets of the image that it is allowed to change; for a safe transform `caches` at most. */
  readonly mayChange: readonly Facet[];
  readonly options?: S;
  /** Longer text for `dockmod explain`: what it does, what it refuses, before and after. */
  readonly docs: string;
  /** The file of the plug-in that it is from; dockmod sets it. */
  readonly plugin?: string | undefined;
  find(input: Input<OptionsOf<S>>): Iterable<Finding>;
}

export interface Applied {
  readonly transform: string;
  /** Of the change: its transform's, or a higher one. */
  readonly level: Level;
  readonly message: string;
  /** 1-based line of the file as it was before any change. */
  readonly line: number;
  /** Findings of other tools that it answers: `hadolint/DL3020`. */
  readonly covers: readonly string[];
  /** It changes no line of the Dockerfile, but a file of the build context. */
  readonly inContext?: true;
}

/** Codes are those of the transforms, `ignored` (a comment forbids it) and `level` (it needs a higher one). */
export interface Refused extends Pick<Refusal, 'code' | 'reason'> {
  readonly transform: string;
  /** Of the change that was not made, where there is one; else the transform's. */
  readonly level: Level;
  /** As in `Applied`. */
  readonly line: number;
}

export interface Problem {
  readonly kind: 'parse' | 'contract' | 'unsettled' | 'crash';
  readonly message: string;
  readonly line: number | undefined;
  readonly transform: string | undefined;
  /** Of a crash: the stack of the error. */
  readonly stack?: string | undefined;
}

/** Something in the file that its author should look at. */
export interface Warning {
  readonly kind: 'ignore-comment';
  readonly message: string;
  readonly line: number;
  /** `check` fails until it is mended. */
  readonly toMend: boolean;
}

/** What happened to one Dockerfile. `after === before` when nothing changed. */
export interface Result {
  readonly before: string;
  readonly after: string;
  readonly changes: readonly Applied[];
  readonly leftAlone: readonly Refused[];
  /** Files of the build context that the changes create or extend, each once, from what it was to what it becomes. */
  readonly contextEdits: readonly ContextEdit[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly Warning[];
}
