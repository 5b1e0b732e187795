/** An image reference taken apart, without Docker Hub's default registry and namespace. */
export interface ImageReference {
  /** `node`, `grafana/grafana`, `mcr.microsoft.com/dotnet/sdk`. */
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
  /** A Docker Official Image: no registry, no namespace. */
  readonly official: boolean;
}

const REFERENCE = /^([a-z0-9](?:[a-z0-9._/-]|:\d+\/)*)(?::([\w][\w.-]{0,127}))?(?:@([a-z0-9]+:[0-9a-f]{32,}))?$/i;
const HUB = /^(?:(?:index\.|registry-1\.)?docker\.io\/)(?:library\/)?|^library\//;

/** Undefined where the text is no image reference (a variable in it, a blank). */
export function parseReference(text: string): ImageReference | undefined {
  const [, path, tag, digest] = REFERENCE.exec(text) ?? [];
  if (path === undefined) return undefined;
  const name = path.replace(HUB, '');
  return { name, tag, digest, official: !name.includes('/') };
}
