/** Why a file with a Dockerfile's name is not to be fixed, by what is in it. */
import { basename, dirname } from 'node:path';
import { parseDockerfile } from '../dockerfile/parse.js';
import { DockerfileError } from '../dockerfile/types.js';
import type { DiskCache } from '../facts/context/disk.js';
import type { Skip } from '../report/types.js';
import { whyGenerated } from './generated.js';
import type { Job } from './job.js';

/** Undefined for a Dockerfile. */
export function whySkipped({ path, named }: Job, text: string, disk: DiskCache): Skip | undefined {
  if (!named && !FROM.test(text)) return { kind: 'no-from', reason: 'it has no FROM: by itself it is no Dockerfile' };
  return whyTemplate(text) ?? whyGenerated(basename(path), text, disk.tree(dirname(path)).list('') ?? []);
}

function whyTemplate(text: string): Skip | undefined {
  const source = text.replace(/^\uFEFF/, '');
  const found = PLACEHOLDER.exec(source);
  if (found === null || !startsInstruction(source, found.index + found[0].search(/\S/))) return undefined;
  const line = source.slice(0, found.index).split('\n').length;
  const shown = found[1] ?? found[2] ?? '';
  return {
    kind: 'template',
    reason: `it is a template: something fills in \`${shown}\` in line ${line} before a build`,
  };
}

const FROM = /^\uFEFF?[ \t]*FROM(?=[\s\\`])/im;

/**
 * What no builder can read in an instruction whose words it expands: `${docker.base.image}` (Maven), `@base.image@` (Spring Boot, autoconf),
 * `{{ base }}`, `{% if %}`, `<%= base %>`, `%%BASE%%`.
 */
const PLACEHOLDER =
  /^[ \t]*(?:FROM[ \t][^\n\r]*?(\$\{\w+\.[\w.]+\}|(?<!\S)@[A-Za-z][\w.-]*@|\{\{|\{%|<%|%%\w+%%)|(?:COPY|ADD|WORKDIR|EXPOSE)[ \t][^\n\r'\\]*?(\$\{\w+\.[\w.]+\}))/im;

/** Not in a heredoc, nor in the middle of an instruction; a text that can't be parsed has no such parts. */
function startsInstruction(text: string, offset: number): boolean {
  try {
    return parseDockerfile(text).instructions.some(({ start }) => start === offset);
  } catch (error) {
    if (error instanceof DockerfileError) return true;
    throw error;
  }
}
