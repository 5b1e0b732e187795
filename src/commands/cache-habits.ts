import { either, followed, type TextTest } from '../text-test.js';

/** What tells a package manager of projects where its cache is, and to install from it. */
export interface CacheHabits {
  /** Names of variables of the environment. */
  readonly variables: RegExp;
  /** Commands that set the folder. */
  readonly settings?: TextTest;
  /** The file of the project that sets the folder, and how. */
  readonly file?: readonly [name: string, setting: RegExp];
  /** Words of a later command that needs what is in the cache. */
  readonly needs: TextTest;
}

const COMMAND_END = /[&|;\n]/;
const LINE_END = /\n/;

const HABITS: Readonly<Record<string, CacheHabits>> = {
  npm: {
    variables: /^(?:npm_config_cache|XDG_CACHE_HOME)$/i,
    settings: /\bnpm\s+(?:config\s+)?set\s+(?:-g\s+|--global\s+|--location=\w+\s+)*cache\b|\bnpm_config_cache=/i,
    file: ['.npmrc', /^[ \t]*cache\s*=/m],
    needs: either(
      followed(/\bnp[mx]\b/i, /--(?:(?:prefer-)?offline|cache)(?![-\w])/i, COMMAND_END),
      /npm_config_(?:prefer_)?offline|\/\.npm\b/i,
    ),
  },
  yarn: {
    variables: /^(?:YARN_CACHE_FOLDER|XDG_CACHE_HOME)$/i,
    settings: /\byarn\s+config\s+set\s+(?:-g\s+|--global\s+)*(?:cache-folder|cacheFolder)\b|\bYARN_CACHE_FOLDER=/,
    file: ['.yarnrc', /^[ \t]*(?:cache-folder|yarn-offline-mirror)\b/m],
    needs: either(
      followed(/\byarn\b/i, /--(?:(?:prefer-)?offline|cache-folder|cached)\b/i, COMMAND_END),
      /\/\.cache\/yarn\b/i,
    ),
  },
  composer: {
    variables: /^(?:COMPOSER_CACHE_DIR|COMPOSER_HOME|XDG_CACHE_HOME)$/,
    settings: /\bcomposer\s+(?:global\s+)?config\s+(?:-g\s+|--global\s+)*cache-dir\b|\bCOMPOSER_(?:CACHE_DIR|HOME)=/,
    needs: /COMPOSER_DISABLE_NETWORK|\/composer\/cache\b/,
  },
  conda: {
    variables: /^CONDA_PKGS_DIRS$/,
    settings: either(followed(/\bconda\s+config\s/, /\bpkgs_dirs\b/, LINE_END), /\bCONDA_PKGS_DIRS=/),
    needs: either(followed(/\b(?:conda|mamba)\b/, /--offline\b/, LINE_END), /--use-index-cache/),
  },
  pip: {
    variables: /^(?:PIP_CACHE_DIR|XDG_CACHE_HOME)$/,
    settings: either(followed(/\bpip\d?\s+config\s/, /\bcache-dir\b/, LINE_END), /\bPIP_CACHE_DIR=/),
    file: ['pip.conf', /^[ \t]*cache-dir\s*=/m],
    // In another environment, or once more, it takes the wheel that it has built, perhaps with a compiler that is gone by then.
    needs: either(
      followed(
        /\bpip[\d.]*\b/,
        /--no-index|--cache-dir|--target|--prefix|--root[\s=]|--force-reinstall|--ignore-installed|\s-[It]\b/,
        LINE_END,
      ),
      /\/\.cache\/pip\b|\bvirtualenv\b|-m\s+venv\b/,
    ),
  },
  rpm: { variables: /^$/, needs: followed(/\b(?:dnf|yum|microdnf|tdnf)\b/, /[\s"]-C\b|--cacheonly/, /[&|;]/) },
  zypper: { variables: /^$/, needs: followed(/\bzypper\b/, /--no-refresh/, /[&|;]/) },
};

/** Of the manager whose cache it is. */
export function cacheHabits(cache: string): CacheHabits | undefined {
  return HABITS[cache];
}
