/** What tells a package manager of projects where its cache is, and to install from it. */
export interface CacheHabits {
  /** Names of variables of the environment. */
  readonly variables: RegExp;
  /** Commands that set the folder. */
  readonly settings?: RegExp;
  /** The file of the project that sets the folder, and how. */
  readonly file?: readonly [name: string, setting: RegExp];
  /** Words of a later command that needs what is in the cache. */
  readonly needs: RegExp;
}

const HABITS: Readonly<Record<string, CacheHabits>> = {
  npm: {
    variables: /^(?:npm_config_cache|XDG_CACHE_HOME)$/i,
    settings: /\bnpm\s+(?:config\s+)?set\s+(?:-g\s+|--global\s+|--location=\w+\s+)*cache\b|\bnpm_config_cache=/i,
    file: ['.npmrc', /^\s*cache\s*=/m],
    needs: /\bnp[mx]\b[^&|;\n]*--(?:(?:prefer-)?offline|cache)(?![-\w])|npm_config_(?:prefer_)?offline|\/\.npm\b/i,
  },
  yarn: {
    variables: /^(?:YARN_CACHE_FOLDER|XDG_CACHE_HOME)$/i,
    settings: /\byarn\s+config\s+set\s+(?:-g\s+|--global\s+)*(?:cache-folder|cacheFolder)\b|\bYARN_CACHE_FOLDER=/,
    file: ['.yarnrc', /^\s*(?:cache-folder|yarn-offline-mirror)\b/m],
    needs: /\byarn\b[^&|;\n]*--(?:(?:prefer-)?offline|cache-folder|cached)\b|\/\.cache\/yarn\b/i,
  },
  composer: {
    variables: /^(?:COMPOSER_CACHE_DIR|COMPOSER_HOME|XDG_CACHE_HOME)$/,
    settings: /\bcomposer\s+(?:global\s+)?config\s+(?:-g\s+|--global\s+)*cache-dir\b|\bCOMPOSER_(?:CACHE_DIR|HOME)=/,
    needs: /COMPOSER_DISABLE_NETWORK|\/composer\/cache\b/,
  },
  conda: {
    variables: /^CONDA_PKGS_DIRS$/,
    settings: /\bconda\s+config\s.*\bpkgs_dirs\b|\bCONDA_PKGS_DIRS=/,
    needs: /\b(?:conda|mamba)\b.*--offline\b|--use-index-cache/,
  },
  pip: {
    variables: /^(?:PIP_CACHE_DIR|XDG_CACHE_HOME)$/,
    settings: /\bpip\d?\s+config\s.*\bcache-dir\b|\bPIP_CACHE_DIR=/,
    file: ['pip.conf', /^\s*cache-dir\s*=/m],
    // In another environment, or once more, it takes the wheel that it has built, perhaps with a compiler that is gone by then.
    needs:
      /\bpip[\d.]*\b.*(?:--no-index|--cache-dir|--target|--prefix|--root[\s=]|--force-reinstall|--ignore-installed|\s-[It]\b)|\/\.cache\/pip\b|\bvirtualenv\b|-m\s+venv\b/,
  },
  rpm: { variables: /^$/, needs: /\b(?:dnf|yum|microdnf|tdnf)\b[^&|;]*(?:[\s"]-C\b|--cacheonly)/ },
  zypper: { variables: /^$/, needs: /\bzypper\b[^&|;]*--no-refresh/ },
};

/** Of the manager whose cache it is. */
export function cacheHabits(cache: string): CacheHabits | undefined {
  return HABITS[cache];
}
