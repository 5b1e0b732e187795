import { kinds, rows } from './rows.js';
import type { Row } from './types.js';

/** Ruby, PHP, Java, .NET, Go, Rust and others: what runs their programs, and their package managers. */
export const languageRows: readonly Row[] = [
  { name: 'ruby', language: 'ruby', groups: ['interpreter'] },
  { name: 'irb', groups: ['interpreter'] },
  {
    name: 'gem',
    manager: {
      manager: 'gem',
      kinds: kinds({ install: 'install i', upgrade: 'update', remove: 'uninstall cleanup' }),
    },
    valued: ['-v', '--version', '-i', '--install-dir', '-n', '--bindir', '-s', '--source', '-P'],
    groups: ['named-installs', 'builder', 'apt-free'],
    brings: { language: 'ruby', by: ['install'] },
  },
  {
    name: 'bundle',
    aliases: ['bundler'],
    manager: {
      manager: 'bundler',
      kinds: kinds({ install: 'install i', upgrade: 'update', clean: 'clean' }),
      bare: 'install',
    },
    valued: [
      ...['--jobs', '-j', '--retry', '--without', '--with', '--path', '--gemfile', '--binstubs', '--shebang'],
      ...['--standalone', '--trust-policy'],
    ],
    builds: ['', 'install'],
    runs: 'exec',
    brings: { language: 'ruby', by: ['', 'install'] },
  },
  { name: 'bundle-install', groups: ['builder'] },
  ...rows('puma rackup rails rake unicorn thin sidekiq foreman', { language: 'ruby' }),
  ...rows('jekyll middleman', { language: 'ruby', groups: ['development-server'] }),
  { name: 'guard', groups: ['development-server'] },
  { name: 'rspec', groups: ['tester'] },

  { name: 'php', versioned: 'joined', language: 'php', groups: ['interpreter'] },
  ...rows('rr frankenphp', { language: 'php' }),
  {
    name: 'composer',
    aliases: ['composer.phar'],
    manager: {
      manager: 'composer',
      kinds: kinds({
        install: 'install i require create-project global',
        upgrade: 'update',
        remove: 'remove',
        clean: 'clear-cache clearcache cc',
      }),
    },
    valued: ['-d', '--working-dir', '--ignore-platform-req', '--prefer-install'],
    groups: ['builder', 'fills'],
    home: ['global'],
  },
  ...rows('pecl docker-php-ext-install docker-php-ext-enable docker-php-ext-configure install-php-extensions', {
    groups: ['named-installs'],
  }),
  ...rows('phpunit codecept', { groups: ['tester'] }),

  { name: 'java', language: 'java', groups: ['interpreter'], unbundled: true },
  {
    name: 'dotnet',
    language: 'dotnet',
    groups: ['interpreter', 'compiler'],
    unbundled: true,
    valued: [
      '-r',
      '--runtime',
      '-s',
      '--source',
      '--configfile',
      '--packages',
      '-v',
      '--verbosity',
      '-a',
      '--arch',
      '--os',
    ],
    builds: ['run', 'watch', 'test', 'build', 'publish', 'tool', 'ef'],
  },
  {
    name: 'go',
    manager: { manager: 'go', kinds: kinds({ install: 'mod get install', clean: 'clean' }) },
    unbundled: true,
    valued: ['-C', '-modfile'],
    groups: ['compiler', 'builder', 'fills', 'apt-free'],
    tests: ['test'],
    brings: { language: 'compiled', by: ['install', 'get'] },
  },
  {
    name: 'cargo',
    manager: { manager: 'cargo', kinds: kinds({ install: 'fetch install' }) },
    valued: [
      ...['--manifest-path', '--root', '--path', '--target', '-p', '--package', '--bin', '--features', '--version'],
      ...['-j', '--git', '--branch', '--tag', '--rev'],
    ],
    groups: ['compiler', 'builder', 'fills'],
    brings: { language: 'compiled', by: ['install'] },
  },
  { name: 'rustup', home: [] },
  ...rows('perl Rscript', { language: 'scripted', groups: ['interpreter'] }),
  ...rows('lua escript', { language: 'scripted' }),
  ...rows('hugo fresh reflex air', { groups: ['development-server'] }),
  ...rows('asdf mise opam', { home: [] }),
  { name: 'sdk', home: ['install'] },
];
