/**
 * Writes the ignore file of a build context whose Dockerfile copies it whole, or adds to it what does harm when it is missing.
 *
 *     COPY . .     with a package.json and no .dockerignore   →   .dockerignore: .git, node_modules
 *
 * The entries depend on the context alone: what any of its Dockerfiles or builds needs (`.git` for `git describe`, `target`
 * for `COPY target/*.jar`) is left out for all. A file that exists is extended at its end, by `.git`, installed packages and
 * `.env` only.
 */
import { defineTransform } from '../src/engine/define.js';
import { change, leaveAlone } from '../src/engine/finding.js';
import { planIgnoreFile } from '../src/edits/ignore-file/plan.js';
import { copiesOf } from '../src/image/copies.js';
import { readTreeCopy } from '../src/image/tree-copy.js';

export const writeDockerignore = defineTransform({
  name: 'write-dockerignore',
  group: 'copy',
  summary: 'Create or extend the ignore file of a context that is copied whole.',
  level: 'guarded',
  covers: ['practice/build-context'],
  mayChange: ['files'],
  docs: `\`COPY . .\` copies everything that lies around: the repository's history, installed packages of the host, caches. This
writes the ignore file that fits what the context holds: \`.git\` in the root of a repository, \`.env\` and \`.venv\` where something of the
project speaks of them. Entries that a COPY, a RUN or a build file needs are left out, as are
those that would exclude files of the repository. An ignore file that exists is extended only by \`.git\`, installed packages and
\`.env\`.`,
  *find({ dockerfile, image, facts }) {
    const copies = image.stages
      .flatMap(copiesOf)
      .flatMap((copy) => readTreeCopy(dockerfile, copy, facts.context) ?? []);
    const copy = copies.find(({ source }) => source === '');
    if (copy === undefined) return;
    if (facts.context === undefined) {
      const why = facts.noContext ?? 'there is no build context';
      yield leaveAlone('no-context', `what the ignore file should hold is not known: ${why}`, copy.instruction);
      return;
    }
    const { guessed } = facts.context;
    if (guessed !== undefined) {
      yield leaveAlone(
        'guessed-context',
        `an ignore file belongs into the build context, which is a guess: ${guessed}; name it with --context`,
        copy.instruction,
      );
      return;
    }
    const plan = planIgnoreFile(facts.context, dockerfile);
    if (plan === undefined) return;
    const verb = plan.edit.before === undefined ? 'Create' : 'Extend';
    const loses = `\`${copy.instruction.keyword} ${copy.instruction.body.text}\` no longer copies ${plan.added.join(', ')}`;
    yield change(`${verb} ${plan.edit.path}: ${loses}`, copy.instruction, [], [plan.edit]);
  },
});
