import type { Random } from '../random.js';

/** An instruction as it would be on one line, without its keyword's case or line breaks; heredoc bodies are lines after it. */
export interface Written {
  readonly keyword: string;
  readonly rest: string;
  readonly bodies: readonly string[];
}

/** What the instructions of one file can speak of. */
export interface Scene {
  readonly random: Random;
  /** Names of the stages before this one. */
  readonly stages: string[];
  /** What an ARG before the first FROM gives: a `FROM $BASE` can be built. */
  readonly hasBase: boolean;
  readonly heredocs: boolean;
}

export type Kind = (scene: Scene) => Written;

/** An instruction, by default without heredocs. */
export const one = (keyword: string, rest: string, bodies: readonly string[] = []): Written => ({
  keyword,
  rest,
  bodies,
});

/** The exec form. */
export const json = (words: readonly string[]): string => JSON.stringify(words);
