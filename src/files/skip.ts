/** Why a file with a Dockerfile's name is not to be fixed, by what is in it. */
import { basename, dirname } from 'node:path';
import { parseDockerfile } from '../dockerfile/parse.js';
import { DockerfileError } from '../dockerfile/types.js';
import type { DiskCache } from '../facts/context/disk.js';
import type { Skip } from '../report/types.js';
import { whyGenerated } from './generated.js';
import type { Job } from './job.js';
import { whyTestCase } from './test-cases.js';
import { standIn } from './test-data.js';
import { seenFrom } from '../facts/context/seen-from.js';

/** Undefined for a Dockerfile. */
export function whySkipped(job: Job, text: string, disk: DiskCache): Skip | undefined {
  const { path, root, named } = job;
  if (!named && !FROM.test(text)) return { kind: 'no-from', reason: 'it has no FROM: by itself it is no Dockerfile' };
  const skipped = whyTemplate(text) ?? whyGenerated(basename(path), text, disk.tree(dirname(path)).list('') ?? []);
  return skipped ?? (named ? undefined : (whyStandIn(job, text) ?? whyTestCase(path, text, root, disk)));
}

function whyStandIn({ path, root }: Job, text: string): Skip | undefined {
  const found = standIn(seenFrom(root, dirname(path)), text);
  if (found === undefined) return undefined;
  return { kind: 'test-data', reason: `it is test data: \`${found}\` is there in place of a version` };
}

function whyTemplate(text: string): Skip | undefined {
  if (!PROPERTY.test(text) && !OTHER.test(text)) return undefined;
  const source = text.replace(/^\uFEFF/, '');
  let offset = 0;
  for (const [index, line] of source.split('\n').entries()) {
    const shown = placeholderIn(line);
    if (shown !== undefined) {
      if (!startsInstruction(source, offset + line.search(/\S/))) return undefined;
      const reason = `it is a template: something fills in \`${shown}\` in line ${index + 1} before a build`;
      return { kind: 'template', reason };
    }
    offset += line.length + 1;
  }
  return undefined;
}

const FROM = /^\uFEFF?[ \t]*FROM(?=[\s\\`])/im;

const KEYWORD = /^[ \t]*(?:(FROM)|COPY|ADD|WORKDIR|EXPOSE)[ \t]/i;
/** `${docker.base.image}`, filled in by Maven. */
const PROPERTY = /\$\{\w+\.[\w.]+\}/;
/** `@base.image@` (Spring Boot, autoconf), `{{ base }}`, `{% if %}`, `<%= base %>`, `%%BASE%%`. */
const OTHER = /(?<!\S)@[A-Za-z][\w.-]*@|\{\{|\{%|<%|%%\w+%%/;

/** What no builder can read in an instruction whose words it expands. */
function placeholderIn(line: string): string | undefined {
  const [keyword, from] = KEYWORD.exec(line) ?? [];
  if (keyword === undefined) return undefined;
  const words = line.slice(keyword.length).split('\r', 1)[0] ?? '';
  if (from === undefined) return PROPERTY.exec(words.split(/['\\]/, 1)[0] ?? '')?.[0];
  const found = [PROPERTY.exec(words), OTHER.exec(words)].filter((one) => one !== null);
  return found.sort((one, other) => one.index - other.index)[0]?.[0];
}

/** Not in a heredoc, nor in the middle of an instruction; a text that can't be parsed has no such parts. */
function startsInstruction(text: string, offset: number): boolean {
  try {
    return parseDockerfile(text).instructions.some(({ start }) => start === offset);
  } catch (error) {
    if (error instanceof DockerfileError) return true;
    throw error;
  }
}
