/** Trees that a project holds and does not maintain, by the names that they have everywhere; patterns as in .gitignore. */
const TREES = {
  vendored: ['vendor/', 'vendored/', 'third_party/', 'third-party/', 'thirdparty/', 'Godeps/', 'bower_components/'],
  releases: ['releases/', 'release-[0-9]*/', '[vV][0-9]*.[0-9]*/', 'archive/', 'archived/', 'frozen/'],
} as const;

export type ExcludedTree = keyof typeof TREES;

export const EXCLUDED_TREES = Object.keys(TREES) as readonly ExcludedTree[];

/** The patterns of presets. */
export function patternsOfTrees(names: readonly ExcludedTree[] = []): readonly string[] {
  return names.flatMap((name) => TREES[name]);
}
