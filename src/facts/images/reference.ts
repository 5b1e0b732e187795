/** The parts of an image reference, without Docker Hub's default registry and namespace. */
export interface ImageReference {
  /** `node`, `grafana/grafana`, `localhost:5000/app`, `mcr.microsoft.com/dotnet/sdk`. */
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
  /** True for a Docker Official Image: no registry, no namespace. */
  readonly official: boolean;
}

/** A registry may have upper-case letters and a port, a repository has neither. */
const REGISTRY = /^(?:localhost|[\w-]*[.][\w.-]*|[\w.-]+(?=:\d))(?::\d+)?\//i;
const REPOSITORY = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*$/;
const PARTS = /^([^@]*?)(?::(\w[\w.-]{0,127}))?(?:@([a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-f]{32,}))?$/i;
const HUB = /^(?:(?:index\.|registry-1\.)?docker\.io\/)(?:library\/)?|^library\//;

/** True when the tag names a build for Windows. */
export function isWindowsTag(tag: string): boolean {
  return /windows|nanoserver|servercore/.test(tag);
}

/** Undefined when the text is not an image reference, such as one with a variable, a space or an upper-case name. */
export function parseReference(text: string): ImageReference | undefined {
  const [, path, tag, digest] = PARTS.exec(text) ?? [];
  if (path === undefined) return undefined;
  const name = path.replace(HUB, '');
  const repository = name.replace(REGISTRY, '');
  if (!REPOSITORY.test(repository)) return undefined;
  return { name, tag, digest, official: !name.includes('/') };
}

/** The image as it is written, with this tag in the place of its own; a digest goes. */
export function withTag(image: string, tag: string): string {
  const [, path = image] = PARTS.exec(image) ?? [];
  return `${path}:${tag}`;
}
