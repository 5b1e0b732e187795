/** Dockerfiles that a program makes, and would make again over what is changed in them. */
import { isTemplateName, templateFor } from '../facts/context/templates.js';
import type { Skip } from '../report/types.js';

/** Undefined for a file that people write. @param names in the folder of the file */
export function whyGenerated(name: string, text: string, names: readonly string[]): Skip | undefined {
  const template = templateFor(name, names);
  if (template !== undefined) return skip(`it is made from ${template}, which lies beside it: change that`);
  const lines = headerOf(text);
  const at = lines.findIndex((line) => saysGenerated(line));
  if (at < 0) return undefined;
  const source = namedTemplate(lines) ?? names.find((other) => isTemplateName(other) && shareStem(other, name));
  const where = source === undefined ? 'change what it is made from' : `change ${source}`;
  return skip(`line ${at + 1} says that it is generated ("${wordsOf(lines[at] ?? '')}"): ${where}`);
}

function skip(reason: string): Skip {
  return { kind: 'generated', reason };
}

/** The comments and blank lines before the first instruction. */
function headerOf(text: string): readonly string[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .slice(0, MAX_HEADER)
    .split(/\r?\n/);
  const end = lines.findIndex((line) => !/^\s*(?:#|$)/.test(line));
  return end < 0 ? lines : lines.slice(0, end);
}

const MAX_HEADER = 16_384;

const GENERATED =
  /\b(?:auto-?|automatically )generated\b|@generated\b|\bgenerated (?:automatically|by|from|via|with|using|file|dockerfile|code)\b/i;
const HANDS_OFF = /\b(?:do not|don'?t|never) (?:\w+ )?(?:edit|modify|change|touch)\b/i;
/** What a person says of a file that was generated once, of a part of it, or to an editor. */
const NOT_MEANT = /\b(?:not (?:auto-?)?generated|modeline|(?:above|below) (?:line|this)|this line)\b/i;

function saysGenerated(line: string): boolean {
  return (GENERATED.test(line) || HANDS_OFF.test(line)) && !NOT_MEANT.test(line);
}

function namedTemplate(lines: readonly string[]): string | undefined {
  const words = lines.flatMap((line) => line.split(/[\s"'`(),:;<>]+/));
  return words.map((word) => word.replace(/\.$/, '')).find((word) => isTemplateName(word));
}

/** `Dockerfile.j2` and `Dockerfile.alpine`. */
function shareStem(template: string, name: string): boolean {
  return name.startsWith(`${template.split(/[.-]/)[0] ?? ''}.`);
}

function wordsOf(line: string): string {
  const words = line.replace(/^[\s#]+/, '').trim();
  return words.length > MAX_SHOWN ? `${words.slice(0, MAX_SHOWN)}…` : words;
}

const MAX_SHOWN = 80;
