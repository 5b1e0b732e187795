import { programOf } from '../../commands/program.js';
import { isFrom } from './versions.js';
import type { Place } from './types.js';

/** Extensions that PHP dropped or built in, and the version that did. */
const EXTENSIONS: Readonly<Record<string, readonly [major: number, minor: number]>> = {
  mysql: [7, 0],
  mcrypt: [7, 2],
  recode: [7, 4],
  wddx: [7, 4],
  interbase: [7, 4],
  json: [8, 0],
  xmlrpc: [8, 0],
  imap: [8, 4],
  pspell: [8, 4],
  oci8: [8, 4],
  pdo_oci: [8, 4],
  // docker-library/php#1631
  opcache: [8, 5],
};

/** Extensions that PHP of today can't build. */
export function phpObstacle({ name, build, command }: Place): string | undefined {
  const program = programOf(command);
  if (name !== 'php' || program?.name !== 'docker-php-ext-install') return undefined;
  const gone = program.args.find(({ text }) => {
    const since = Object.hasOwn(EXTENSIONS, text) ? EXTENSIONS[text] : undefined;
    return since !== undefined && isFrom(build.version, ...since);
  });
  return gone && `builds the extension ${gone.text}, which PHP ${build.version ?? ''} does not have as one`;
}
