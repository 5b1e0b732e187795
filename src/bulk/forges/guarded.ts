import { ForgeError, type Forge } from '../types.js';

/** The same forge, whose errors are ForgeErrors. */
export function guarded(forge: Forge, describe: (error: unknown) => Error | Promise<Error>): Forge {
  const guard =
    <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      try {
        return await work(...args);
      } catch (error) {
        throw error instanceof ForgeError ? error : await describe(error);
      }
    };
  return {
    address: forge.address,
    async *list(query) {
      try {
        yield* forge.list(query);
      } catch (error) {
        throw error instanceof ForgeError ? error : await describe(error);
      }
    },
    find: guard((repository, branch) => forge.find(repository, branch)),
    open: guard((repository, request) => forge.open(repository, request)),
    update: guard((repository, number, text) => forge.update(repository, number, text)),
    decorate: guard((repository, number, decoration) => forge.decorate(repository, number, decoration)),
    close: guard((repository, number, comment) => forge.close(repository, number, comment)),
    checks: guard((repository, commit) => forge.checks(repository, commit)),
  };
}
