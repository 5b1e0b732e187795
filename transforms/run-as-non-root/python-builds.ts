/** Whether root can build and install a Python project whose files belong to the account. */
import { textAt } from '../../src/image/origin.js';
import { imagePath } from '../../src/paths.js';
import type { Place } from './path-rights.js';

/** Build back ends that read no repository: git refuses one that belongs to another account. */
const PLAIN =
  /^(?:setuptools|wheel|hatchling|poetry[-_]core|flit[-_]core|pdm[-_]backend|cython|numpy|pybind11)\b(?!\[)/i;
const READS_REPOSITORY =
  /\bgit\b|[-_.]scm\b|\bscm\b|\bvcs\b|\bpbr\b|versioneer|dynamic[-_]versioning|subprocess|os\.(?:system|popen)/i;

/** The project in that folder is built by setup files that are here, and none of them looks into a repository. */
export function isPlainBuild(place: Place, folder: string): boolean {
  const { image, instruction, directory } = place;
  const files = ['pyproject.toml', 'setup.py', 'setup.cfg'].flatMap(
    (name) => textAt(image, instruction, imagePath(directory, `${folder}/${name}`)) ?? [],
  );
  return files.length > 0 && files.every((text) => !READS_REPOSITORY.test(text) && requirementsOf(text).every(isPlain));
}

function isPlain(requirement: string): boolean {
  return PLAIN.test(requirement);
}

/** What `[build-system]` asks for. */
function requirementsOf(text: string): readonly string[] {
  const list = /^\[build-system\][^[]*?^requires\s*=\s*\[([^\]]*)\]/m.exec(text)?.[1] ?? '';
  return [...list.matchAll(/["']([^"']+)["']/g)].map(([, name = '']) => name);
}
