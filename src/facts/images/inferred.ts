import { isWindowsTag, parseReference } from './reference.js';
import type { BaseImage, ImageFacts } from './types.js';

/** Registries and namespaces with copies of the official images. */
const MIRROR =
  /^(?:mirror\.gcr\.io\/library\/|public\.ecr\.aws\/docker\/library\/|(?:amd64|arm32v[67]|arm64v8|i386|ppc64le|s390x)\/)/;

/** Image families without an entry point whose old tags are built on plain distribution images. */
const PLAIN =
  /^(?:openjdk|java|adoptopenjdk(?:\/openjdk\d+)?|microsoft\/dotnet|microsoft\/aspnetcore|mcr\.microsoft\.com\/dotnet\/(?:core\/)?(?:aspnet|runtime|runtime-deps|sdk))$/;

/**
 * Facts about a base image from the table, or inferred from its name: a mirror has the same image, and a family built on plain
 * distribution images has the tools of the distribution that its tag names. Facts about another variant than the tag names
 * are not used.
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
  return model && { ...model, name, cmd: undefined, envComplete: false };
}

/** All distroless images have the account `nonroot`; the tag says whether they start as it. Those of Node.js start node. */
function inferDistroless(images: ImageFacts, name: string, tag: string): BaseImage | undefined {
  const model = images.base('gcr.io/distroless/static-debian12');
  const language = /\/(nodejs|python|java)/.exec(name)?.[1];
  if (model === undefined || (language !== undefined && language !== 'nodejs') || tag.includes('debug'))
    return undefined;
  const user = tag.includes('nonroot') ? '65532' : 'root';
  return language === undefined ? { ...model, name, user } : { ...model, name, user, entrypoint: ['/nodejs/bin/node'] };
}

/** True when the tag contradicts the facts: then they are about another variant. */
function contradicts(reference: string, base: BaseImage): boolean {
  const tag = parseReference(reference)?.tag ?? '';
  if (tag.includes('alpine') && base.distribution !== 'alpine') return true;
  if (/(?:^|-)onbuild(?:-|$)/.test(tag)) return true;
  if (/chiseled|distroless/.test(tag) && base.distribution !== 'distroless') return true;
  return isWindowsTag(tag) && base.distribution !== 'windows';
}
