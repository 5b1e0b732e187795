import type { ForgeOptions } from './transport.js';
import type { Forge, ForgeAddress } from './types.js';

export type { ForgeOptions } from './transport.js';

/** The forge at an address. Its client library is loaded on first use. */
export async function openForge(address: ForgeAddress, options: ForgeOptions): Promise<Forge> {
  switch (address.kind) {
    case 'github':
      return (await import('./github.js')).openGitHub(address, options);
    case 'gitlab':
      return (await import('./gitlab.js')).openGitLab(address, options);
    case 'gitea':
      return (await import('./gitea.js')).openGitea(address, options);
  }
}
