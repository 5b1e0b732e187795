import { textOf, type Word } from '../../src/commands/arguments.js';
import type { Program } from '../../src/commands/program.js';

/** It is npm or one of its kind. */
export function isNodeManager<W extends Word>(program: Program<W> | undefined): boolean {
  return program?.row?.manager !== undefined && program.row.language === 'node';
}

/** `npm install -g`: not into the working directory. */
export function runsForAll<W extends Word>({ args }: Program<W>): boolean {
  return args.map(textOf).some((word) => /^(?:-g|--global|global)$/.test(word));
}

const INSTALLS = new Set(['install', 'i', 'ci']);

/** It installs the modules of the project. */
export function isModuleInstall<W extends Word>(program: Program<W> | undefined): boolean {
  if (program === undefined || !isNodeManager(program) || runsForAll(program)) return false;
  const words = program.args.map(textOf);
  return words.length === 0 || words.some((word) => INSTALLS.has(word));
}
