/** Settings that are programs of Node: what they read by a name that they put together shows in no string. */

/** Modules by which none of the project's files is read. */
const HARMLESS = /^(?:node:)?(?:path|url|os|process|util|assert)$|^prisma\/config$|^dotenv(?:\/config)?$/;
const MODULE = /(?:\bfrom|\bimport|\brequire(?:\.resolve)?\s*\(|\bimport\s*\()\s*(["'`])([^"'`\n]+)\1/g;
const COMPUTED = /\brequire(?:\.resolve)?\s*\(\s*[^"'\s)]|\bimport\s*\(\s*[^"'\s)]|\b(?:Bun|Deno|process\.binding)\b/;

/** The first part of such a program by which it may read files that no string of it names; undefined where there is none. */
export function computedRead(path: string, text: string): string | undefined {
  if (!/\.[cm]?[jt]s$/.test(path)) return undefined;
  const modules = [...text.matchAll(MODULE)].map(([, , name = '']) => name);
  return modules.find((name) => !name.startsWith('.') && !HARMLESS.test(name)) ?? COMPUTED.exec(text)?.[0];
}
