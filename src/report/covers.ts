/** Findings of other tools, as `hadolint/DL3020`: their codes, and where they are described. */

const HADOLINT = 'https://github.com/hadolint/hadolint/wiki/';
const BUILDKIT = 'https://docs.docker.com/reference/build-checks/';
const TRIVY = 'https://avd.aquasec.com/misconfig/';
const CHECKOV = 'https://www.checkov.io/5.Policy%20Index/dockerfile.html';

/** `DL3020`, `DS-0005`: what a person looks up. Practices have none. */
export function codesOf(covers: readonly string[]): readonly string[] {
  return covers.filter((one) => !one.startsWith('practice/')).map(codeOf);
}

export function codeOf(finding: string): string {
  return finding.slice(finding.indexOf('/') + 1);
}

/** The page that describes a finding; undefined where its tool has none. */
export function linkOf(finding: string): string | undefined {
  const code = codeOf(finding);
  const [tool] = finding.split('/');
  if (tool === 'hadolint') return HADOLINT + code;
  if (tool === 'trivy') return `${TRIVY}${code.toLowerCase()}/`;
  if (tool === 'checkov') return CHECKOV;
  return tool === 'buildkit' ? `${BUILDKIT}${code.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}/` : undefined;
}
