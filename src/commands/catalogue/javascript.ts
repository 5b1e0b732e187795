import { kinds, rows } from './rows.js';
import type { Row } from './types.js';

const INSTALLS = ['install', 'i', 'ci', 'add', 'rebuild', 'update', 'link'];
const BRINGS: Row['brings'] = { language: 'node', by: ['-g', '--global', 'global', 'install', 'i', 'ci', 'add'] };

/** Node.js and its like, package managers and the tools of node_modules. */
export const javascriptRows: readonly Row[] = [
  { name: 'node', aliases: ['nodejs'], language: 'node', groups: ['interpreter', 'apt-free'] },
  {
    name: 'npm',
    keepsDirectories: { only: ['', 'config', 'set', 'get', 'c', 'version'] },
    language: 'node',
    manager: {
      manager: 'npm',
      kinds: kinds({
        install:
          'install i in ins inst insta instal isnt isnta isntal isntall add ci clean-install ic install-clean isntall-clean install-test it',
        upgrade: 'update up upgrade',
        remove: 'uninstall remove rm r un prune',
        clean: 'cache',
      }),
    },
    valued: [
      ...['--prefix', '-C', '--omit', '--include', '--only', '--workspace', '-w', '--tag', '--location', '-L'],
      ...['--registry', '--cache', '--userconfig', '--loglevel', '--otp', '--install-strategy'],
      ...['--fetch-timeout', '--fetch-retries', '--maxsockets'],
    ],
    groups: ['fills', 'apt-free'],
    builds: INSTALLS,
    brings: BRINGS,
  },
  { name: 'npx', language: 'node', groups: ['fills', 'apt-free'] },
  {
    name: 'yarn',
    keepsDirectories: { only: ['config', 'set'] },
    aliases: ['yarnpkg'],
    language: 'node',
    manager: {
      manager: 'yarn',
      kinds: kinds({ install: 'install add global', remove: 'remove', clean: 'cache', upgrade: 'upgrade up' }),
      bare: 'install',
    },
    valued: [
      ...['--cwd', '--cache-folder', '--modules-folder', '--global-folder', '--prefix', '--registry', '--mutex'],
      ...['--mode', '--network-timeout', '--network-concurrency'],
    ],
    groups: ['fills', 'apt-free'],
    builds: ['', ...INSTALLS],
    brings: BRINGS,
  },
  {
    name: 'pnpm',
    keepsDirectories: { only: ['', 'config', 'set'] },
    language: 'node',
    manager: {
      manager: 'pnpm',
      kinds: kinds({
        install: 'install i ci add fetch',
        remove: 'remove rm prune',
        clean: 'store',
        upgrade: 'update up',
      }),
    },
    valued: [
      ...['-C', '--dir', '--prefix', '--filter', '-F', '--registry', '--store-dir', '--virtual-store-dir'],
      ...['--reporter', '--loglevel', '--network-concurrency'],
    ],
    groups: ['fills', 'apt-free'],
    builds: INSTALLS,
    brings: BRINGS,
  },
  {
    name: 'bun',
    language: 'node',
    manager: { manager: 'bun', kinds: kinds({ install: 'install i ci add', remove: 'remove rm', clean: 'pm' }) },
    valued: ['--cwd', '--omit', '--registry', '--cache-dir', '--backend', '--config', '-c'],
    groups: ['interpreter', 'fills', 'apt-free'],
    builds: INSTALLS,
    brings: BRINGS,
  },
  { name: 'corepack', keepsDirectories: { only: ['enable', 'disable', 'prepare'] }, groups: ['apt-free'] },
  { name: 'deno', language: 'scripted', groups: ['interpreter', 'apt-free'] },

  ...rows('pm2-runtime ts-node tsx remix-serve', { language: 'node', groups: ['apt-free'] }),
  ...rows('serve http-server sirv static-server', { language: 'static', groups: ['apt-free'] }),
  { name: 'next', language: 'node', groups: ['fills', 'apt-free'], builds: ['build'], develops: ['', 'dev'] },
  { name: 'nuxt', language: 'node', builds: ['build'], develops: ['dev'], groups: ['apt-free'] },
  { name: 'nest', language: 'node', builds: ['build'], groups: ['apt-free'] },
  ...rows('astro gatsby', { develops: ['dev', 'develop'], groups: ['apt-free'] }),
  { name: 'strapi', develops: ['dev', 'develop'], groups: ['apt-free'] },
  { name: 'vite', groups: ['development-server', 'fills', 'apt-free'], builds: ['build'], serves: ['preview'] },
  { name: 'ng', groups: ['fills', 'apt-free'], develops: ['serve', 's'] },
  ...rows('react-scripts craco', { develops: ['start'], groups: ['apt-free'] }),
  { name: 'prisma', builds: ['generate', 'db'], groups: ['apt-free'] },
  { name: 'webpack', groups: ['builder', 'fills', 'apt-free'], develops: ['serve'] },
  { name: 'tsc', groups: ['builder', 'fills', 'apt-free'] },
  ...rows('rollup esbuild', { groups: ['builder', 'apt-free'] }),
  { name: 'bower', groups: ['builder', 'fills', 'apt-free'] },
  ...rows('gulp grunt', { groups: ['development-server', 'fills', 'apt-free'] }),
  ...rows('nodemon webpack-dev-server ts-node-dev tsnd live-server browser-sync ionic ember parcel vue-cli-service', {
    groups: ['development-server', 'apt-free'],
  }),
  { name: 'gitbook', groups: ['development-server', 'apt-free'] },
  ...rows('cypress jest mocha karma', { groups: ['tester', 'apt-free'] }),
  { name: 'playwright', home: ['install'], groups: ['apt-free'] },
  ...rows('nvm volta', { home: [], groups: ['apt-free'] }),
];
