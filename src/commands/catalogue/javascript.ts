import { kinds, rows } from './rows.js';
import type { Row } from './types.js';

const INSTALLS = ['install', 'i', 'ci', 'add', 'rebuild', 'update', 'link'];
const BRINGS: Row['brings'] = { language: 'node', by: ['-g', '--global', 'global', 'install', 'i', 'ci', 'add'] };

/** Node.js and its like, package managers and the tools of node_modules. */
export const javascriptRows: readonly Row[] = [
  { name: 'node', aliases: ['nodejs'], language: 'node', groups: ['interpreter', 'apt-free'] },
  {
    name: 'npm',
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
  { name: 'npx', language: 'node', groups: ['fills'] },
  {
    name: 'yarn',
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
    groups: ['fills'],
    builds: INSTALLS,
    brings: BRINGS,
  },
  {
    name: 'bun',
    language: 'node',
    manager: { manager: 'bun', kinds: kinds({ install: 'install i ci add', remove: 'remove rm', clean: 'pm' }) },
    valued: ['--cwd', '--omit', '--registry', '--cache-dir', '--backend', '--config', '-c'],
    groups: ['interpreter', 'fills'],
    builds: INSTALLS,
    brings: BRINGS,
  },
  { name: 'corepack' },
  { name: 'deno', language: 'scripted', groups: ['interpreter'] },

  ...rows('pm2-runtime ts-node tsx remix-serve', { language: 'node' }),
  ...rows('serve http-server sirv static-server', { language: 'static' }),
  { name: 'next', language: 'node', groups: ['fills'], builds: ['build'], develops: ['', 'dev'] },
  { name: 'nuxt', language: 'node', builds: ['build'], develops: ['dev'] },
  { name: 'nest', language: 'node', builds: ['build'] },
  ...rows('astro gatsby', { develops: ['dev', 'develop'] }),
  { name: 'strapi', develops: ['dev', 'develop'] },
  { name: 'vite', groups: ['development-server', 'fills'], builds: ['build'], serves: ['preview'] },
  { name: 'ng', groups: ['fills'], develops: ['serve', 's'] },
  ...rows('react-scripts craco', { develops: ['start'] }),
  { name: 'prisma', builds: ['generate', 'db'] },
  { name: 'webpack', groups: ['builder', 'fills'], develops: ['serve'] },
  { name: 'tsc', groups: ['builder', 'fills'] },
  ...rows('rollup esbuild', { groups: ['builder'] }),
  { name: 'bower', groups: ['builder', 'fills'] },
  ...rows('gulp grunt', { groups: ['development-server', 'fills'] }),
  ...rows('nodemon webpack-dev-server ts-node-dev tsnd live-server browser-sync ionic ember parcel vue-cli-service', {
    groups: ['development-server'],
  }),
  { name: 'gitbook', groups: ['development-server'] },
  ...rows('cypress jest mocha karma', { groups: ['tester'] }),
  { name: 'playwright', home: ['install'] },
  ...rows('nvm volta', { home: [] }),
];
