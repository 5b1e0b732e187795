/**
 * Why something is not done, where a function gives it in place of its answer: `Inputs | Refusal`. A class only so that it can
 * be told from any answer: make one with `refuse`, ask with `isRefusal`.
 */
export class Refusal {
  constructor(
    /** Stable kebab-case word, by which reports group: `manifest-missing`. */
    readonly code: string,
    /** A sentence without the place, on which a person can act: "there is no package.json in the build context". */
    readonly reason: string,
  ) {}
}

export function refuse(code: string, reason: string): Refusal {
  return new Refusal(code, reason);
}

export function isRefusal(value: unknown): value is Refusal {
  return value instanceof Refusal;
}
