import { parseReference } from './image-reference.js';
import type { BaseImage, ImageFacts } from './types.js';

/** Copies of the official images under other names. */
const MIRROR =
  /^(?:mirror\.gcr\.io\/library\/|public\.ecr\.aws\/docker\/library\/|(?:amd64|arm32v[67]|arm64v8|i386|ppc64le|s390x)\/)/;

/** Families without an entry point, whose old tags are built on plain distribution images. */
const PLAIN =
  /^(?:openjdk|java|adoptopenjdk|microsoft\/dotnet|microsoft\/aspnetcore|mcr\.microsoft\.com\/dotnet\/(?:core\/)?(?:aspnet|runtime|runtime-deps|sdk))$/;

/**
 * What is known of a base image, or follows from its name: a mirror holds the same image, and a family built on plain
 * distribution images has the tools of the distribution that its tag names. A tag that contradicts the facts has none.
 */
export function knownBase(images: ImageFacts, reference: string): BaseImage | undefined {
  const plain = reference.replace(MIRROR, '');
  const base = images.base(reference) ?? images.base(plain) ?? inferBase(images, plain);
  return base === undefined || contradicts(plain, base) ? undefined : base;
}

function inferBase(images: ImageFacts, reference: string): BaseImage | undefined {
  const parsed = parseReference(reference);
  if (
    parsed?.tag === undefined ||
    !PLAIN.test(parsed.name) ||
    /windows|nanoserver|servercore|onbuild|chiseled|distroless|mariner|azurelinux|oracle/.test(parsed.tag)
  )
    return undefined;
  const model = images.base(/alpine/.test(parsed.tag) ? 'alpine:3.20' : 'debian:bookworm-slim');
  return model && { ...model, name: parsed.name, cmd: undefined };
}

/** The tag says something of the image that the facts deny: they are of another variant. */
function contradicts(reference: string, base: BaseImage): boolean {
  const tag = parseReference(reference)?.tag ?? '';
  if (/alpine/.test(tag) && base.distribution !== 'alpine') return true;
  if (/chiseled|distroless/.test(tag) && base.distribution !== 'distroless') return true;
  return /windows|nanoserver|servercore/.test(tag) && base.distribution !== 'windows';
}
