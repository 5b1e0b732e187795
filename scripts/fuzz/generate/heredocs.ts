import type { Random } from '../random.js';
import { scriptLine } from './commands.js';

export interface Heredocs {
  /** What is on the instruction's line: `<<-'EOF'`. */
  readonly words: string;
  /** Lines, each body with its end. */
  readonly bodies: readonly string[];
}

const BODY_LINES = [
  'key = value',
  '# a comment',
  '',
  '  indented',
  '$A ${B}',
  '\\',
  'trailing \\',
  'EOF2',
  '<<EOF',
  '"quoted',
  'caf\u00e9',
  'RUN make',
  '#!/bin/sh',
  '#!/usr/bin/env python3',
];

export function heredoc(random: Random, name = random.pick(['EOF', 'EOF', 'E', 'file.txt', 'EOT1'])): Heredocs {
  const dash = random.chance(30);
  const quote = random.pick(['', '', "'", '"']);
  const number = random.chance(3) ? '3' : '';
  const script = random.chance(70);
  const lines = Array.from({ length: random.below(4) }, () =>
    script ? scriptLine(random, 2) : random.pick(BODY_LINES),
  );
  const indent = dash && random.chance(70) ? '\t' : '';
  return {
    words: `${number}<<${dash ? '-' : ''}${quote}${name}${quote}`,
    bodies: [...lines, name].map((line) => indent + line),
  };
}

/** Two of them on one line. */
export function heredocs(random: Random): Heredocs {
  const [first, second] = [heredoc(random, 'ONE'), heredoc(random, random.pick(['TWO', 'TWO', 'ONE']))];
  return { words: `${first.words} ${second.words}`, bodies: [...first.bodies, ...second.bodies] };
}
