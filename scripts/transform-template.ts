// What a new transform starts from. It works and its fixtures pass; every part of it is to be replaced.

export function templateTransform(name: string, group: string, variable: string): string {
  return `/**
 * Writes the keyword STOPSIGNAL in upper case. Leaves alone what runs in the builds of other images.
 *
 *     stopsignal SIGQUIT   →   STOPSIGNAL SIGQUIT
 */
import { replace } from '../src/dockerfile/edit.js';
import { defineTransform } from '../src/engine/define.js';
import { change, leaveAlone } from '../src/engine/finding.js';

export const ${variable} = defineTransform({
  name: '${name}',
  group: '${group}',
  // One sentence in the imperative, for lists.
  summary: 'Write STOPSIGNAL in upper case.',
  level: 'safe',
  // Findings of other tools that it answers: 'hadolint/DL3020'.
  covers: [],
  // Facets of the image that it changes on purpose; none for a safe transform.
  mayChange: [],
  // For \`dockmod explain\` and docs/: what it does, and what it refuses.
  docs: 'Writes the keyword STOPSIGNAL in upper case. Refuses: ONBUILD, which runs in the builds of other images.',
  *find({ dockerfile }) {
    for (const { keyword, keywordRange, trigger } of dockerfile.instructions) {
      if (trigger?.keyword === 'STOPSIGNAL') {
        yield leaveAlone('onbuild', 'ONBUILD STOPSIGNAL runs in the builds of other images', trigger);
        continue;
      }
      if (keyword !== 'STOPSIGNAL') continue;
      const written = dockerfile.text.slice(keywordRange.start, keywordRange.end);
      if (written === keyword) continue;
      yield change(\`Write \${written} in upper case\`, keywordRange, [replace(keywordRange, keyword)]);
    }
  },
});
`;
}

/** By path below the fixtures of the transform. */
export const templateFixtures: Readonly<Record<string, string>> = {
  'example/before.Dockerfile': 'FROM nginx:1.29-alpine\nstopsignal SIGQUIT\n',
  'example/after.Dockerfile': 'FROM nginx:1.29-alpine\nSTOPSIGNAL SIGQUIT\n',
  'example/changes.txt': '2: Write stopsignal in upper case\n',
  'left-onbuild/before.Dockerfile': 'FROM nginx:1.29-alpine\nONBUILD stopsignal SIGQUIT\n',
  'left-onbuild/left-alone.txt': '2 onbuild: ONBUILD STOPSIGNAL runs in the builds of other images\n',
  'upper-case-already/before.Dockerfile': 'FROM nginx:1.29-alpine\nSTOPSIGNAL SIGQUIT\n',
  'upper-case-already/nothing-found.txt': 'STOPSIGNAL is in upper case.\n',
};
