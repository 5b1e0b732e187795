/** What hadolint calls a cache that stays, by the program that empties it or is told not to fill it. */
const FINDINGS = new Map([
  ['apt', 'hadolint/DL3009'],
  ['apk', 'hadolint/DL3019'],
  ['yum', 'hadolint/DL3032'],
  ['zypper', 'hadolint/DL3036'],
  ['dnf', 'hadolint/DL3040'],
  ['microdnf', 'hadolint/DL3040'],
  ['pip', 'hadolint/DL3042'],
  ['yarn', 'hadolint/DL3060'],
]);

export const ALL_FINDINGS = [...new Set(FINDINGS.values())];

export function findingsOf(programs: readonly string[]): readonly string[] {
  return programs.flatMap((program) => FINDINGS.get(program) ?? []);
}
