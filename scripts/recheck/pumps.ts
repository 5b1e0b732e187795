import { RegExpParser, type AST } from '@eslint-community/regexpp';
import type { Expression } from './expressions.js';
import type { TextOf } from './growth.js';

const parser = new RegExpParser();
/** What follows the part that grows, so that the whole matches or does not. */
const ENDS = ['', '\0', '\n', '"'];
const SAMPLES = ['a', '0', ' ', '\n', '/', '-', '"', '=', '.', '_', 'B', ':', '*', '{', ',', 'é'];
/** Blanks and negated sets take the end of a line as well, where `^` and `$` count, and what ends a word, for `\b`. */
const ORDERS = [SAMPLES, ['\n', ...SAMPLES], [' ', ...SAMPLES]];

/**
 * Texts that grow where an expression repeats something: a sample of each part and of each pair of neighbours, again and again, after a
 * sample of what is in front of it, and with it.
 */
export function pumpsOf({ source, flags }: Expression): readonly TextOf[] {
  const modes = { unicode: flags.includes('u'), unicodeSets: flags.includes('v') };
  const { alternatives } = parser.parsePattern(source, 0, source.length, modes);
  const units = new Set<string>();
  for (const samples of ORDERS)
    for (const alternative of alternatives) collect(alternative, '', { flags, samples }, units);
  return [...units].flatMap((unit) => {
    const [prefix = '', pump = ''] = unit.split(SEPARATOR);
    return ENDS.map(
      (end): TextOf =>
        (length) =>
          prefix + pump.repeat(Math.ceil(length / pump.length)) + end,
    );
  });
}

/** How samples are chosen: of those that a set has, the first in this order, or else one that it is written with. */
interface Choice {
  readonly flags: string;
  readonly samples: readonly string[];
}

const SEPARATOR = '\uE000';

function collect(alternative: AST.Alternative, before: string, choice: Choice, units: Set<string>): void {
  const add = (prefix: string, pump: string): void => {
    if (pump !== '') units.add(prefix + SEPARATOR + pump);
  };
  let prefix = before;
  let last = '';
  for (const element of alternative.elements) {
    const inner = element.type === 'Quantifier' ? element.element : element;
    const sample = sampleOf(inner, choice);
    add(prefix, sample);
    add(prefix, last + sample);
    add('', prefix + sample);
    if ('alternatives' in inner) for (const one of inner.alternatives) collect(one, prefix, choice, units);
    if (element.type !== 'Quantifier' || element.min > 0) prefix += sample;
    last = sample;
  }
}

/** A short text that a part matches. */
function sampleOf(node: AST.Element, choice: Choice): string {
  switch (node.type) {
    case 'Character':
      return String.fromCodePoint(node.value);
    case 'CharacterClass':
    case 'CharacterSet': {
      const one = new RegExp(`^(?:${node.raw})$`, choice.flags.replace(/[gym]/g, ''));
      return [...choice.samples, ...Array.from(node.raw)].find((candidate) => one.test(candidate)) ?? '';
    }
    case 'Quantifier':
      return sampleOf(node.element, choice);
    case 'Group':
    case 'CapturingGroup':
      return (node.alternatives[0]?.elements ?? []).map((element) => sampleOf(element, choice)).join('');
    default:
      return '';
  }
}
