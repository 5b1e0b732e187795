import type { Scene } from './scene.js';

/** What something does with the apt lists of its image. */
export interface AptUse {
  /** `unread`: it can't be read, or nothing is known of it. */
  readonly use: 'update' | 'read' | 'unread';
  /** What does so, as written. */
  readonly by: string;
}

/** A reading of a script, as those who read a part of it need it. */
export interface Reading {
  readonly scene: Scene;
  /** What the command does that is being read, as written: for messages. */
  readonly by: string;
  /** Names of functions that the script defines: their commands are read at the definition, not at the call. */
  readonly functions: ReadonlySet<string>;
  /** What another script does first, in the same scene or another one. */
  run(text: string, scene?: Scene): AptUse | undefined;
}

export function reads({ by }: Reading): AptUse {
  return { use: 'read', by };
}

export function unread({ by }: Reading): AptUse {
  return { use: 'unread', by };
}

/** A program of the project in a language names apt: it is taken to run what it names. */
export function useOfSources(kind: string, { scene, by }: Reading): AptUse | undefined {
  const file = scene.sources.mention(kind);
  return file === undefined ? undefined : { use: 'read', by: `${by} (see ${file})` };
}
