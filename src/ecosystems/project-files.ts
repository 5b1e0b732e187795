/** What the names of files say of a project: which tools it is for, and which of them are no archives or folders. */
import { nameTest } from './project/file-names.js';
import { ecosystems } from './index.js';
import type { Ecosystem, FileName } from './project/types.js';

const manifestTests = new Map(ecosystems.map((ecosystem) => [ecosystem, nameTest(ecosystem.manifests)]));

/** The name marks a folder as a project of the ecosystem. */
export function isManifestOf(ecosystem: Ecosystem, name: string): boolean {
  return manifestTests.get(ecosystem)?.(name) === true;
}

/** A test for the names of the manifests that the commands of all RUN instructions, as one text, need. */
export function wantedManifests(runs: string): (name: string) => boolean {
  return nameTest(ecosystems.filter(({ tools }) => tools.test(runs)).flatMap(({ manifests }) => manifests));
}

/** A manifest, or another file that says how a project is built. */
export const isBuildFile = nameTest(
  ecosystems.flatMap(({ manifests, buildFiles = [] }) => [...manifests, ...buildFiles]),
);

const NAMES = [...new Set(ecosystems.flatMap(namesOf))];
const isName = nameTest(NAMES);
const STEMS = new Set([...ecosystems.flatMap(({ stems = [] }) => stems), ...NAMES.flatMap(stemsOf)]);

function namesOf({ manifests, buildFiles = [], settings = [], managers }: Ecosystem): readonly FileName[] {
  return [...manifests, ...buildFiles, ...settings, ...managers.flatMap((one) => [...one.locks, ...one.settings])];
}

/** A name without `*`; of two words, also without its extension: `pnpm-lock`. */
function stemsOf(name: FileName): readonly string[] {
  const [stem = ''] = name.split('.');
  return name.includes('*') ? [] : stem.includes('-') ? [name, stem] : [name];
}

/**
 * By its name a manifest, a lock file or settings of a project, in any ecosystem; a pattern, when all that it is likely to match
 * is that: `package*.json`, `Gemfile*`, `go.*`.
 */
export function isProjectFile(pattern: string): boolean {
  const star = pattern.search(/[*?[]/);
  if (star < 0) return isName(pattern);
  const start = pattern.slice(0, star);
  return NAMES.includes(pattern) || STEMS.has(start) || STEMS.has(start.replace(/[-._]$/, ''));
}
