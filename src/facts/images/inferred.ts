import { isWindowsTag, parseReference } from './reference.js';
import type { BaseImage, ImageFacts } from './types.js';

/** Copies of the official images under other names. */
const MIRROR =
  /^(?:mirror\.gcr\.io\/library\/|public\.ecr\.aws\/docker\/library\/|(?:amd64|arm32v[67]|arm64v8|i386|ppc64le|s390x)\/)/;

/** Families without an entry point, whose old tags are built on plain distribution images. */
const PLAIN =
  /^(?:openjdk|java|adoptopenjdk(?:\/openjdk\d+)?|microsoft\/dotnet|microsoft\/aspnetcore|mcr\.microsoft\.com\/dotnet\/(?:core\/)?(?:aspnet|runtime|runtime-deps|sdk))$/;

/**
 * What is known of a base image, or follows from its name: a mirror holds the same image, and a family built on plain
 * distribution images has the tools of the distribution that its tag names. Facts of another variant than the tag names
 * don't count.
 */
export function knownBase(images: ImageFacts, reference: string): BaseImage | undefined {
  const plain = reference.replace(MIRROR, '');
  const base = images.base(reference) ?? images.base(plain);
  return base === undefined || contradicts(plain, base) ? inferBase(images, plain) : base;
}

function inferBase(images: ImageFacts, reference: string): BaseImage | undefined {
  const parsed = parseReference(reference);
  if (parsed === undefined) return undefined;
  const { name, tag = 'latest' } = parsed;
  if (name.startsWith('gcr.io/distroless/')) return inferDistroless(images, name, tag);
  if (
    !PLAIN.test(name) ||
    isWindowsTag(tag) ||
    /onbuild|mariner|azurelinux|oracle|ubi|centos|clefos|leap|tumbleweed/.test(tag)
  )
    return undefined;
  if (/chiseled|distroless/.test(tag)) return inferDistroless(images, name, 'nonroot');
  const model = images.base(tag.includes('alpine') ? 'alpine:3.20' : 'debian:bookworm-slim');
  return model && { ...model, name, cmd: undefined };
}

/** All distroless images have the account; the tag says whether they start as it. Those of Node.js start node. */
function inferDistroless(images: ImageFacts, name: string, tag: string): BaseImage | undefined {
  const model = images.base('gcr.io/distroless/static-debian12');
  const language = /\/(nodejs|python|java)/.exec(name)?.[1];
  if (model === undefined || (language !== undefined && language !== 'nodejs') || tag.includes('debug'))
    return undefined;
  const user = tag.includes('nonroot') ? '65532' : 'root';
  return language === undefined ? { ...model, name, user } : { ...model, name, user, entrypoint: ['/nodejs/bin/node'] };
}

/** The tag says something of the image that the facts deny: they are of another variant. */
function contradicts(reference: string, base: BaseImage): boolean {
  const tag = parseReference(reference)?.tag ?? '';
  if (tag.includes('alpine') && base.distribution !== 'alpine') return true;
  if (/(?:^|-)onbuild(?:-|$)/.test(tag)) return true;
  if (/chiseled|distroless/.test(tag) && base.distribution !== 'distroless') return true;
  return isWindowsTag(tag) && base.distribution !== 'windows';
}
