import type { Git } from '../git/run.js';
import type { ForgeAddress, ForgeKind } from '../types.js';

const VARIABLES: Readonly<Record<ForgeKind, readonly string[]>> = {
  github: ['GITHUB_TOKEN', 'GH_TOKEN'],
  gitlab: ['GITLAB_TOKEN'],
  gitea: ['GITEA_TOKEN', 'FORGEJO_TOKEN'],
};

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that may hold the token for a forge: one for its host alone goes first. `git.example.com:3000` is `DOCKMOD_TOKEN_GIT_EXAMPLE_COM_3000`. */
export function tokenVariables({ kind, host }: ForgeAddress): readonly string[] {
  return [`DOCKMOD_TOKEN_${host.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`, ...VARIABLES[kind]];
}

/** The token for a forge: from the environment, else from git's credential helper; undefined when neither has one. */
export async function tokenFor(address: ForgeAddress, env: Environment, git: Git): Promise<string | undefined> {
  const variable = tokenVariables(address).find((name) => (env[name] ?? '') !== '');
  return variable === undefined ? storedToken(address, git) : env[variable];
}

async function storedToken({ api }: ForgeAddress, git: Git): Promise<string | undefined> {
  const url = new URL(api);
  const host = url.host === 'api.github.com' ? 'github.com' : url.host;
  try {
    const input = `protocol=${url.protocol.replace(':', '')}\nhost=${host}\n\n`;
    const answer = (await git.run(['credential', 'fill'], { input })).toString();
    return /^password=(.+)$/m.exec(answer)?.[1];
  } catch {
    return undefined;
  }
}
