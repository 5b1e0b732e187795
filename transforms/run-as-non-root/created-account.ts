/** A new account, in the syntax of the distribution. */
import type { BaseImage } from '../../src/facts/images/types.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import { both, type AccountStyle, type ChosenAccount } from './account.js';

const ID = 10001;
const NAME = 'app';

export function createdAccount(base: BaseImage, home: boolean, style: AccountStyle): ChosenAccount | Refusal {
  const commands = createCommands(base, home);
  if (commands === undefined)
    return refuse('account-tools-missing', `the base image \`${base.name}\` has no known tool to create an account`);
  const names = style === 'name' ? { user: NAME, owner: `${NAME}:${NAME}` } : both(`${ID}:${ID}`);
  return { ...names, described: `a new account \`${NAME}\``, commands, shell: true };
}

function createCommands(base: BaseImage, home: boolean): readonly string[] | undefined {
  if (base.adduser === 'busybox')
    return [`addgroup -S -g ${ID} ${NAME}`, `adduser -S -D ${home ? '' : '-H '}-u ${ID} -G ${NAME} ${NAME}`];
  if (base.useradd !== true) return undefined;
  const nologin = base.packageManager === 'apt' ? '/usr/sbin/nologin' : '/sbin/nologin';
  const directory = home ? '--create-home' : '--no-create-home';
  return [
    `groupadd --system --gid ${ID} ${NAME}`,
    `useradd --system --uid ${ID} --gid ${ID} ${directory} --shell ${nologin} ${NAME}`,
  ];
}
