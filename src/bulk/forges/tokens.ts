import type { Git } from '../git/run.js';
import type { ForgeAddress, ForgeKind } from './types.js';

const VARIABLES: Readonly<Record<ForgeKind, readonly string[]>> = {
  github: ['GITHUB_TOKEN', 'GH_TOKEN'],
  gitlab: ['GITLAB_TOKEN'],
  gitea: ['GITEA_TOKEN', 'FORGEJO_TOKEN'],
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Environment variables that may hold the token for a forge. Those for its host come first; for `git.example.com:3000/code` they are
 * `DOCKMOD_TOKEN_GIT_EXAMPLE_COM_3000_CODE` and, without the path, `DOCKMOD_TOKEN_GIT_EXAMPLE_COM_3000`.
 */
export function tokenVariables({ kind, host }: ForgeAddress): readonly string[] {
  const own = [host, hostOf(host)].map((name) => `DOCKMOD_TOKEN_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`);
  return [...new Set([...own, ...VARIABLES[kind]])];
}

/** The token for a forge: from the environment, else from git's credential helper; undefined when neither has one. */
export async function tokenFor(address: ForgeAddress, env: Environment, git: Git): Promise<string | undefined> {
  for (const name of tokenVariables(address)) {
    const token = env[name]?.trim();
    if (token !== undefined && token !== '') return token;
  }
  return storedToken(address, git);
}

async function storedToken({ api, host }: ForgeAddress, git: Git): Promise<string | undefined> {
  try {
    const input = `protocol=${new URL(api).protocol.replace(':', '')}\nhost=${hostOf(host)}\n\n`;
    const answer = (await git.run(['credential', 'fill'], { input })).toString();
    return /^password=(.+)$/m.exec(answer)?.[1];
  } catch {
    return undefined;
  }
}

/** A forge's host without its path. */
function hostOf(host: string): string {
  return host.split('/')[0] ?? host;
}
