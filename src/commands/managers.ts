export type Manager =
  | 'apt'
  | 'apk'
  | 'dnf'
  | 'yum'
  | 'microdnf'
  | 'tdnf'
  | 'zypper'
  | 'pacman'
  | 'pip'
  | 'pipenv'
  | 'poetry'
  | 'uv'
  | 'conda'
  | 'npm'
  | 'yarn'
  | 'pnpm'
  | 'bun'
  | 'gem'
  | 'bundler'
  | 'composer'
  | 'go'
  | 'cargo';

export type ActionKind = 'update' | 'install' | 'upgrade' | 'remove' | 'clean' | 'other';

/** How a package manager reads its command line. */
export interface ManagerSpec {
  readonly manager: Manager;
  readonly kinds: Readonly<Record<string, ActionKind>>;
  /** Options that take their value in the next word. */
  readonly valued: readonly string[];
  /** What the bare command does. */
  readonly bare?: ActionKind;
}

const kinds = (table: Partial<Record<ActionKind, string>>): Record<string, ActionKind> => {
  const found: Record<string, ActionKind> = {};
  for (const [kind, names] of Object.entries(table))
    for (const name of names.split(' ')) found[name] = kind as ActionKind;
  return found;
};

const APT: ManagerSpec = {
  manager: 'apt',
  kinds: kinds({
    update: 'update',
    install: 'install reinstall build-dep satisfy',
    upgrade: 'upgrade dist-upgrade full-upgrade safe-upgrade',
    remove: 'remove purge autoremove autopurge',
    clean: 'clean autoclean distclean',
  }),
  valued: ['-o', '--option', '-t', '--target-release', '-c', '--config-file', '-a', '--host-architecture'],
};
const RPM_KINDS = kinds({
  update: 'makecache check-update',
  install: 'install in localinstall groupinstall group reinstall rei module builddep swap',
  upgrade: 'update upgrade up upgrade-minimal distro-sync',
  remove: 'remove erase rm autoremove',
  clean: 'clean',
});
const RPM_VALUED = [
  '-c',
  '--config',
  '--installroot',
  '--releasever',
  '--enablerepo',
  '--disablerepo',
  '--repo',
  '-x',
  '--exclude',
  '--setopt',
  '--disableplugin',
  '--enableplugin',
];
const rpm = (manager: Manager): ManagerSpec => ({ manager, kinds: RPM_KINDS, valued: RPM_VALUED });
export const PIP: ManagerSpec = {
  manager: 'pip',
  kinds: kinds({ install: 'install download wheel', remove: 'uninstall', clean: 'cache' }),
  valued: [
    '-r',
    '--requirement',
    '-c',
    '--constraint',
    '-e',
    '--editable',
    '-t',
    '--target',
    '-i',
    '--index-url',
    '--extra-index-url',
    '-f',
    '--find-links',
    '--prefix',
    '--root',
    '--cache-dir',
    '--trusted-host',
    '--timeout',
    '--retries',
    '--proxy',
    '--python',
    '-d',
    '--dest',
    '--platform',
    '--python-version',
    '--only-binary',
    '--no-binary',
    '--progress-bar',
    '--global-option',
    '--config-settings',
    '-w',
    '--wheel-dir',
  ],
};
const NPM: ManagerSpec = {
  manager: 'npm',
  kinds: kinds({
    install:
      'install i in ins inst insta instal isnt isnta isntal isntall add ci clean-install ic install-clean isntall-clean install-test it',
    upgrade: 'update up upgrade',
    remove: 'uninstall remove rm r un prune',
    clean: 'cache',
  }),
  valued: [
    '--prefix',
    '-C',
    '--registry',
    '--omit',
    '--include',
    '--cache',
    '-w',
    '--workspace',
    '--loglevel',
    '--only',
    '--userconfig',
    '--fetch-timeout',
    '--fetch-retries',
  ],
};

export const SPECS: Readonly<Record<string, ManagerSpec>> = {
  'apt-get': APT,
  apt: APT,
  aptitude: APT,
  apk: {
    manager: 'apk',
    kinds: kinds({ update: 'update', install: 'add fix', upgrade: 'upgrade', remove: 'del', clean: 'cache' }),
    valued: [
      '-t',
      '--virtual',
      '-X',
      '--repository',
      '-p',
      '--root',
      '--arch',
      '--keys-dir',
      '--repositories-file',
      '--cache-dir',
      '--wait',
    ],
  },
  dnf: rpm('dnf'),
  dnf5: rpm('dnf'),
  yum: rpm('yum'),
  microdnf: rpm('microdnf'),
  tdnf: rpm('tdnf'),
  zypper: {
    manager: 'zypper',
    kinds: kinds({
      update: 'refresh ref',
      install: 'install in source-install si install-new-recommends',
      upgrade: 'update up patch dup dist-upgrade',
      remove: 'remove rm',
      clean: 'clean cc',
    }),
    valued: [
      '-R',
      '--root',
      '-r',
      '--repo',
      '-t',
      '--type',
      '--from',
      '-c',
      '--config',
      '-p',
      '--plus-repo',
      '-D',
      '--reposd-dir',
    ],
  },
  pip: PIP,
  pip3: PIP,
  pip2: PIP,
  pipenv: {
    manager: 'pipenv',
    kinds: kinds({ install: 'install sync', remove: 'uninstall' }),
    valued: ['-r', '--python'],
  },
  poetry: {
    manager: 'poetry',
    kinds: kinds({ install: 'install sync add', clean: 'cache' }),
    valued: ['--without', '--with', '--only', '-C', '--directory', '-P', '--project', '-E', '--extras'],
  },
  uv: {
    manager: 'uv',
    kinds: kinds({ install: 'sync', clean: 'cache' }),
    valued: ['--directory', '--project', '--extra', '--group', '--package', '--no-install-package', '--python', '-p'],
  },
  conda: {
    manager: 'conda',
    kinds: kinds({ install: 'install create env update', clean: 'clean' }),
    valued: ['-n', '--name', '-p', '--prefix', '-c', '--channel', '-f', '--file'],
  },
  npm: NPM,
  yarn: {
    manager: 'yarn',
    kinds: kinds({ install: 'install add global', remove: 'remove', clean: 'cache', upgrade: 'upgrade up' }),
    valued: ['--cwd', '--network-timeout', '--registry', '--cache-folder', '--modules-folder', '--mutex'],
    bare: 'install',
  },
  pnpm: {
    manager: 'pnpm',
    kinds: kinds({
      install: 'install i ci add fetch',
      remove: 'remove rm prune',
      clean: 'store',
      upgrade: 'update up',
    }),
    valued: ['-C', '--dir', '--filter', '-F', '--store-dir', '--registry', '--reporter'],
  },
  bun: {
    manager: 'bun',
    kinds: kinds({ install: 'install i ci add', remove: 'remove rm', clean: 'pm' }),
    valued: ['--cwd', '--cache-dir', '--registry'],
  },
  gem: {
    manager: 'gem',
    kinds: kinds({ install: 'install i', upgrade: 'update', remove: 'uninstall cleanup' }),
    valued: ['-v', '--version', '-i', '--install-dir', '-n', '--bindir', '-s', '--source', '-P'],
  },
  bundle: {
    manager: 'bundler',
    kinds: kinds({ install: 'install i', upgrade: 'update', clean: 'clean' }),
    valued: ['--gemfile', '--path', '--without', '--with', '--jobs', '-j', '--retry', '--binstubs'],
    bare: 'install',
  },
  composer: {
    manager: 'composer',
    kinds: kinds({
      install: 'install i require create-project global',
      upgrade: 'update',
      remove: 'remove',
      clean: 'clear-cache clearcache cc',
    }),
    valued: ['-d', '--working-dir', '--ignore-platform-req'],
  },
  go: { manager: 'go', kinds: kinds({ install: 'mod get install', clean: 'clean' }), valued: ['-C', '-modfile'] },
  cargo: {
    manager: 'cargo',
    kinds: kinds({ install: 'fetch install' }),
    valued: ['--manifest-path', '--root', '--path', '--target', '-p', '--package', '--bin', '--features'],
  },
};
export const ALIASES: Readonly<Record<string, string>> = {
  'apt-fast': 'apt-get',
  nala: 'apt-get',
  mamba: 'conda',
  micromamba: 'conda',
  yarnpkg: 'yarn',
  bundler: 'bundle',
  'composer.phar': 'composer',
};
