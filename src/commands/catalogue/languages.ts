import { kinds, rows } from './rows.js';
import type { Row } from './types.js';

/** Ruby, PHP, Java, .NET, Go, Rust and others: what runs their programs, and their package managers. */
export const languageRows: readonly Row[] = [
  { name: 'ruby', language: 'ruby', groups: ['interpreter', 'apt-free'] },
  { name: 'irb', groups: ['interpreter', 'apt-free'] },
  {
    name: 'gem',
    keepsDirectories: true,
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
    groups: ['apt-free'],
  },
  { name: 'bundle-install', groups: ['builder', 'apt-free'] },
  ...rows('puma rackup rails rake unicorn thin sidekiq foreman', { language: 'ruby', groups: ['apt-free'] }),
  ...rows('jekyll middleman', { language: 'ruby', groups: ['development-server', 'apt-free'] }),
  { name: 'guard', groups: ['development-server', 'apt-free'] },
  { name: 'rspec', groups: ['tester', 'apt-free'] },

  { name: 'php', versioned: 'joined', language: 'php', groups: ['interpreter', 'apt-free'] },
  ...rows('rr frankenphp', { language: 'php', groups: ['apt-free'] }),
  {
    name: 'composer',
    keepsDirectories: { only: ['', 'config', 'self-update', 'selfupdate'] },
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
    groups: ['builder', 'fills', 'apt-free'],
    home: ['global'],
  },
  ...rows('pecl docker-php-ext-install docker-php-ext-enable docker-php-ext-configure', {
    keepsDirectories: true,
    groups: ['named-installs', 'apt-free'],
  }),
  // Updates the lists itself before it installs.
  { name: 'install-php-extensions', keepsDirectories: true, groups: ['named-installs', 'apt-free'] },
  ...rows('pear phpize php-config docker-php-source php5enmod phpenmod phpdismod php5dismod', { groups: ['apt-free'] }),
  ...rows('luarocks luajit cpan cpanm carton raco cabal-install elm shards rebar julia octave ocaml', {
    groups: ['apt-free'],
  }),
  ...rows('R r install2.r installr easy_install django-admin django-admin.py phpcs grails urweb n aws coffee', {
    groups: ['apt-free'],
  }),
  // Scripts that many files download and run, by the names that they give them.
  ...rows('composer-setup.php get-pip.py ez_setup.py get-poetry.py install-plugins.sh jenkins-plugin-cli', {
    groups: ['apt-free'],
  }),
  ...rows('miniconda.sh miniconda3.sh Miniconda3.sh Miniconda3-latest-Linux-x86_64.sh anaconda.sh miniforge.sh', {
    groups: ['apt-free'],
  }),
  ...rows('passenger-install-apache2-module passenger-install-nginx-module mvn-entrypoint.sh', {
    groups: ['apt-free'],
  }),
  ...rows('gradle-wrapper godep govendor gofmt golangci-lint xcaddy', { groups: ['apt-free'] }),
  ...rows('phpunit codecept', { groups: ['tester', 'apt-free'] }),

  { name: 'java', language: 'java', groups: ['interpreter', 'apt-free'], unbundled: true },
  {
    name: 'dotnet',
    language: 'dotnet',
    groups: ['interpreter', 'compiler', 'apt-free'],
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
    keepsDirectories: { only: ['build', 'env', 'version', 'vet'] },
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
    groups: ['compiler', 'builder', 'fills', 'apt-free'],
    brings: { language: 'compiled', by: ['install'] },
  },
  {
    name: 'rustup',
    keepsDirectories: { only: ['default', 'toolchain', 'target', 'component', 'update', 'show'] },
    home: [],
    groups: ['apt-free'],
  },
  ...rows('perl Rscript', { language: 'scripted', groups: ['interpreter', 'apt-free'] }),
  ...rows('lua escript', { language: 'scripted', groups: ['apt-free'] }),
  ...rows('hugo fresh reflex air', { groups: ['development-server', 'apt-free'] }),
  ...rows('asdf mise opam', { home: [], groups: ['apt-free'] }),
  { name: 'sdk', home: ['install'], groups: ['apt-free'] },
];
