/**
 * Copies local files with COPY: ADD also extracts archives and fetches URLs, which a reader has to rule out each time.
 *
 *     ADD package.json .   →   COPY package.json .
 *
 * An instruction is changed when every source is local and no archive: by content where the build context has the file, by name
 * otherwise. ADD stays for archives, URLs and git; it is left alone when a source is known only at build time, when a pattern
 * may match an archive, when plain files are beside an archive, with flags that COPY does not know, and in ONBUILD.
 */
import { copyWords } from '../../src/dockerfile/copy.js';
import type { Dockerfile, Instruction } from '../../src/dockerfile/types.js';
import { defineTransform } from '../../src/engine/define.js';
import { change, leaveAlone } from '../../src/engine/finding.js';
import type { Finding } from '../../src/engine/types.js';
import { replaceKeyword } from '../../src/edits/instruction-words.js';
import type { BuildContext } from '../../src/facts/context/types.js';
import { isRefusal } from '../../src/refusal.js';
import { judgeSource, type Judgement } from './add-source.js';

const SHARED_FLAGS = new Set(['chown', 'chmod', 'link', 'exclude']);

export const copyInsteadOfAdd = defineTransform({
  name: 'copy-instead-of-add',
  group: 'copy',
  summary: 'Use COPY where ADD does nothing else.',
  level: 'safe',
  covers: ['hadolint/DL3020', 'trivy/DS-0005'],
  mayChange: [],
  docs: `\`ADD\` does two things that \`COPY\` does not: it extracts a local tar archive, whatever its name, and it fetches URLs and git
repositories. Where neither can happen, \`COPY\` says so. The content of a source is looked at where the build context has it; else
its name decides. Flags that both know (\`--chown\`, \`--chmod\`, \`--link\`, \`--exclude\`) stay.`,
  *find({ dockerfile, facts }) {
    for (const instruction of dockerfile.instructions) {
      const add = instruction.trigger ?? instruction;
      const finding = add.keyword === 'ADD' ? judgeAdd(dockerfile, instruction, add, facts.context) : undefined;
      if (finding !== undefined) yield finding;
    }
  },
});

function judgeAdd(
  dockerfile: Dockerfile,
  instruction: Instruction,
  add: Instruction,
  context: BuildContext | undefined,
): Finding | undefined {
  const sources = copyWords(add)?.sources;
  const edit = replaceKeyword(dockerfile, add, 'COPY');
  if (sources === undefined || edit === undefined) return undefined;
  const judged = sources.map((source): Judgement => judgeSource(source, dockerfile, instruction, context));
  if (add.heredocs.length === 0 && judged.every((one) => one === 'special')) return undefined;
  const doubt = judged.find(isRefusal);
  if (doubt !== undefined) return leaveAlone(doubt.code, doubt.reason, instruction);
  const special = sources[judged.indexOf('special')];
  if (special !== undefined)
    return leaveAlone(
      'mixed-sources',
      `ADD of \`${special}\` beside local files: COPY would neither fetch nor extract it`,
      instruction,
    );
  const flag = add.flags.find(({ name }) => !SHARED_FLAGS.has(name));
  if (flag !== undefined)
    return leaveAlone('add-only-flag', `COPY does not know ADD's flag --${flag.name}`, instruction);
  if (add !== instruction) return leaveAlone('onbuild', 'ONBUILD ADD runs in the builds of other images', instruction);
  return change('Use COPY: ADD is for archives and remote sources', instruction, [edit]);
}
