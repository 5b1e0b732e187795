import { attachedComments } from './layout.js';
import type { Dockerfile, Instruction } from './types.js';

/** Comments that tell a tool what to overlook in the instruction below them: among its lines they say nothing any more. */
const PRAGMA = /^#\s*(?:dockmod-ignore|hadolint\s|shellcheck\s|checkov:|trivy:|kics-scan\s|nosemgrep|nosonar)/i;

export function isPragma(comment: string): boolean {
  return PRAGMA.test(comment);
}

/** A comment directly above the instruction is one. */
export function hasPragma(dockerfile: Dockerfile, instruction: Instruction): boolean {
  return attachedComments(dockerfile, instruction).some(({ start, end }) =>
    isPragma(dockerfile.text.slice(start, end)),
  );
}

/** What hadolint is told to overlook: https://github.com/hadolint/hadolint#inline-ignores */
export interface Overlooked {
  /** `DL3008`, `SC2016`. */
  readonly codes: readonly string[];
  /** In the whole file, not in the next instruction alone. */
  readonly everywhere: boolean;
}

export function readHadolintPragma(comment: string): Overlooked | undefined {
  const [, everywhere, list] = /^#\s*hadolint\s+(global\s+)?ignore\s*=([\w\s,]+)$/i.exec(comment) ?? [];
  return list === undefined
    ? undefined
    : { codes: list.split(/[\s,]+/).filter((code) => code !== ''), everywhere: everywhere !== undefined };
}
