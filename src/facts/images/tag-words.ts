/** Words of tags that move from build to build, in any image. */
export const MOVING =
  /^(?:latest|stable|testing|unstable|sid|experimental|oldstable|oldoldstable|rolling|devel|rc-buggy)(?:-|$)/;
/** Versions of a distribution, not of the image itself. */
export const DISTRIBUTION_VERSION = /(?:alpine|ubuntu|debian|oraclelinux|amazonlinux|ubi|al)\d[\d.]*/g;
/** Versions of the runtime that a tool comes with. */
export const RUNTIME_VERSION =
  /(?:java|jdk|jre|openj|php|python|scala_?|eclipse-temurin-|ibmjava-|amazoncorretto-|sapmachine-)\d[\d.]*/g;
const CODENAME =
  /(?:^|-)(?:bullseye|bookworm|trixie|forky|focal|jammy|noble|resolute|oraclelinux\d+|al2023|alpine\d[\d.]*)(?=-|$)/;

/** Counts the versions in a tag; the codename of a distribution counts as one. */
export function countVersions(tag: string): number {
  const numbers = tag.replace(CODENAME, '').match(/\d+/g) ?? [];
  return numbers.length + (CODENAME.test(tag) ? 1 : 0);
}
