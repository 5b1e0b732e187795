import type { Random } from '../random.js';
import type { Written } from './scene.js';

/** How one author writes: the habits of a file, from which single lines may differ. */
export interface Style {
  readonly escape: string;
  /** Of a hundred spaces of a long instruction, so many are line breaks. */
  readonly breaks: number;
  readonly indent: string;
  readonly lowerCase: boolean;
  readonly comments: number;
}

export function newStyle(random: Random): Style {
  return {
    escape: random.chance(10) ? '`' : '\\',
    breaks: random.pick([0, 0, 10, 30]),
    indent: random.pick(['    ', '  ', '\t', '', ' && '.slice(0, 1)]),
    lowerCase: random.chance(12),
    comments: random.pick([0, 5, 20]),
  };
}

const COMMENTS = [
  '# a comment',
  '#',
  '  # indented',
  '#\tRUN make',
  '# it\'s "open',
  '# goes on \\',
  '# dockmod-ignore',
  '# hadolint ignore=DL3008',
  '# dockmod-ignore merge-run',
];

/** The lines of an instruction, each ended by `\n`. */
export function laidOut(random: Random, style: Style, { keyword, rest, bodies }: Written): string {
  const word = style.lowerCase !== random.chance(5) ? keyword.toLowerCase() : keyword;
  const text = rest.replaceAll(' ', () => (random.chance(style.breaks) ? lineBreak(random, style) : ' '));
  const lead = random.chance(3) ? random.pick([' ', '\t']) : '';
  const gap = random.chance(4) ? random.pick(['  ', '\t', ` ${style.escape}\n  `]) : ' ';
  const end = random.chance(3) ? random.pick([' ', '\t', ' '.repeat(3)]) : '';
  return [`${lead}${word}${gap}${text}${end}`, ...bodies].map((line) => `${line}\n`).join('');
}

function lineBreak(random: Random, { escape, indent, comments }: Style): string {
  const between = random.chance(comments) ? random.pick([...COMMENTS, '', '  ']) + '\n' : '';
  const spaces = random.chance(4) ? random.pick([' ', '\t']) : '';
  return ` ${escape}${spaces}\n${between}${indent}`;
}

/** Blank and comment lines between instructions. */
export function between(random: Random, style: Style): string {
  const comment = random.chance(style.comments) ? `${random.pick(COMMENTS)}\n` : '';
  return random.chance(25) ? `\n${comment}` : comment;
}

/** What comes before the first instruction: parser directives, or what looks like them. */
export function head(random: Random, { escape }: Style): string {
  const syntax = random.pick(
    [
      '# syntax=docker/dockerfile:1\n',
      '#syntax = docker/dockerfile:1.7-labs\n',
      '# check=skip=all\n',
      '#!/usr/bin/env docker\n',
      '# note\n',
      '// syntax=docker/dockerfile:1\n',
    ].slice(0, 5),
  );
  const first = random.chance(25) ? syntax : '';
  return first.startsWith('# note')
    ? first
    : first + (escape === '`' ? random.pick(['# escape=`\n', '#escape = `\n', '# ESCAPE=`\n']) : '');
}

/** Line ends, a byte order mark, and how the last line ends. */
export function encoded(random: Random, text: string): string {
  const ended = random.chance(8) ? text.replace(/\n$/, '') : text;
  const lines = random.chance(10) ? ended.replaceAll('\n', '\r\n') : random.chance(2) ? mixed(random, ended) : ended;
  return random.chance(4) ? `\uFEFF${lines}` : lines;
}

function mixed(random: Random, text: string): string {
  return text.replaceAll('\n', () => (random.chance(50) ? '\r\n' : '\n'));
}
