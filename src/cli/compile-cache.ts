import * as nodeModule from 'node:module';

/** Node 22 and later can keep compiled code for the next start. */
export function enableCompileCache(): void {
  const { enableCompileCache: enable } = nodeModule as { readonly enableCompileCache?: () => unknown };
  enable?.();
}
