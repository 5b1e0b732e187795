import { kinds, rows } from './rows.js';
import type { Row } from './types.js';

/** Python, its package managers and what runs its programs. */
export const pythonRows: readonly Row[] = [
  ...rows('python pypy', {
    versioned: 'joined',
    language: 'python',
    groups: ['interpreter', 'apt-free'],
    valued: ['-W', '-X', '-m', '-c'],
    ending: ['-m', '-c'],
    brings: { language: 'python', by: ['install'] },
  }),
  {
    name: 'pip',
    keepsDirectories: true,
    versioned: 'joined',
    manager: {
      manager: 'pip',
      kinds: kinds({ install: 'install download wheel', remove: 'uninstall', clean: 'cache' }),
    },
    valued: [
      ...['-r', '--requirement', '--requirements', '-c', '--constraint', '--constraints', '--build-constraint'],
      ...['-e', '--editable', '-t', '--target', '--prefix', '--root', '--src', '-f', '--find-links'],
      ...['-i', '--index-url', '--extra-index-url', '--index', '--default-index', '--index-strategy'],
      ...['--trusted-host', '--cert', '--client-cert', '--proxy', '--timeout', '--default-timeout', '--retries'],
      ...['--platform', '--python-version', '--implementation', '--abi', '-p', '--python'],
      ...['--only-binary', '--no-binary', '--prerelease', '--resolution', '--upgrade-strategy', '--extra', '--group'],
      ...['--global-option', '--config-settings', '-C', '--use-feature', '--use-deprecated', '--link-mode'],
      ...['-d', '--dest', '-w', '--wheel-dir', '--cache-dir', '--progress-bar', '--report', '--log'],
    ],
    groups: ['builder', 'apt-free'],
    brings: { language: 'python', by: ['install'] },
  },
  {
    name: 'uv',
    manager: { manager: 'uv', kinds: kinds({ install: 'sync', clean: 'cache' }) },
    valued: [
      ...['--directory', '--project', '--group', '--only-group', '--no-group', '--extra', '--no-extra', '--package'],
      ...['-p', '--python', '--index-url', '--extra-index-url', '--index', '--default-index', '--link-mode'],
      ...['--cache-dir', '--no-install-package', '--config-file'],
    ],
    groups: ['builder', 'fills', 'apt-free'],
    home: ['tool', 'python'],
    brings: { language: 'python', by: ['install'] },
  },
  {
    name: 'pipenv',
    manager: { manager: 'pipenv', kinds: kinds({ install: 'install sync', remove: 'uninstall' }) },
    valued: ['--python', '--pypi-mirror', '-r', '-e', '--categories', '--extra-pip-args'],
    groups: ['builder', 'apt-free'],
    home: ['install'],
  },
  {
    name: 'poetry',
    keepsDirectories: { only: ['', 'config', 'self'] },
    manager: { manager: 'poetry', kinds: kinds({ install: 'install sync add', clean: 'cache' }) },
    valued: ['-C', '--directory', '-P', '--project', '--only', '--with', '--without', '-E', '--extras'],
    groups: ['builder', 'apt-free'],
    home: ['install'],
  },
  {
    name: 'conda',
    keepsDirectories: { only: ['', 'config', 'info', 'init', 'list'] },
    aliases: ['mamba', 'micromamba'],
    manager: { manager: 'conda', kinds: kinds({ install: 'install create env update', clean: 'clean' }) },
    valued: ['-n', '--name', '-p', '--prefix', '-c', '--channel', '-f', '--file'],
    groups: ['builder', 'apt-free'],
    home: ['init'],
  },
  // What `activate` of a virtual environment defines.
  ...rows('deactivate workon mkvirtualenv', { keepsDirectories: true, groups: ['apt-free'] }),
  { name: 'pipx', keepsDirectories: { only: ['install', 'ensurepath'] }, home: ['install'], groups: ['apt-free'] },
  { name: 'virtualenv', keepsDirectories: true, groups: ['names-files', 'fills', 'apt-free'] },
  ...rows('pdm hatch tox nox', { groups: ['builder', 'apt-free'] }),
  ...rows('pytest behave locust', { groups: ['tester', 'apt-free'] }),
  ...rows('gunicorn uvicorn hypercorn daphne waitress-serve flask celery streamlit uwsgi fastapi', {
    language: 'python',
    groups: ['apt-free'],
  }),
  { name: 'mkdocs', groups: ['development-server', 'apt-free'] },
  ...rows('huggingface-cli hf', { home: ['download'], groups: ['apt-free'] }),
  ...rows('nltk camoufox', { home: [], groups: ['apt-free'] }),
];
